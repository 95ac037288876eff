package io.skep.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.Credentials;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kill -9 may leave. */
class KillTest {
    private static final int ROUNDS = 3;

    @TempDir
    private Path temporary;

    @Test
    void aNodeThatIsKilledWhileItWritesHasAKeyThatFitsItsCertificate() throws Exception {
        Random random = new Random(9);
        String nodeId = "";
        for (int i = 0; i < ROUNDS; i++) {
            kill(random.nextInt(12));
            SwarmIdentity identity = new Host(temporary).withoutTransport();
            if (identity.locked()) {
                identity.unlock(Restless.KEY);
            }
            LocalNode node = identity.current().orElseThrow();

            assertThat(node.nodeId()).isEqualTo(nodeId.isEmpty() ? node.nodeId() : nodeId);
            assertThat(fits(node.credentials())).isTrue();
            nodeId = node.nodeId();
        }
    }

    /** Starts a node on the directory and kills it somewhere after so many rounds. */
    private void kill(int rounds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Restless.class.getName(),
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (int i = 0; i <= rounds; i++) {
                assertThat(lines.readLine()).isNotNull();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean fits(Credentials credentials) throws GeneralSecurityException {
        byte[] message = "message".getBytes(UTF_8);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(credentials.key());
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(credentials.chain().get(0));
        signature.update(message);
        return signature.verify(signed);
    }

    @Test
    void whatAnInterruptedEntryLeftIsSweptAway() throws IOException {
        Host host = new Host(temporary);
        StateDirectory directory = new StateDirectory(host.directory);
        directory.writeJoin(new byte[] {1});
        directory.writeSecrets("skep secrets 1 open\nsomething".getBytes(UTF_8));
        Files.write(host.directory.resolve("node.json.new"), new byte[1]);
        SwarmIdentity identity = host.withoutTransport();

        assertThat(identity.current()).isEmpty();
        assertThat(names(host.directory)).as("what a join began with is kept").containsExactly("join");
        assertThat(identity.init(Addresses.CHOSEN)).isNotNull();
        assertThat(names(host.directory)).containsExactly("consensus", "node.json", "secrets");
    }

    @Test
    void whatAnInterruptedWriteLeftIsInNobodysWay() throws IOException {
        Host host = new Host(temporary);
        LocalNode node = host.withoutTransport().init(Addresses.CHOSEN);
        Files.write(host.directory.resolve("secrets.new"), new byte[1]);
        node.learn(host.managers.facts(node.role()));

        assertThat(host.afterKill().withoutTransport().current().map(LocalNode::facts))
                .contains(node.facts());
    }

    @Test
    void whatAnInterruptedDemotionLeftOfTheMemberIsSweptAway() throws IOException {
        Host host = new Host(temporary);
        LocalNode node = host.withoutTransport().init(Addresses.CHOSEN);
        Path members = node.directory().resolve("consensus");
        Files.createDirectories(members.resolve("00000000/log"));
        Path present = host.registry.service(LocalManager.class).orElseThrow().directory();
        Files.createDirectories(present);
        Host next = host.afterKill();
        next.withoutTransport();

        assertThat(names(members)).containsExactly(present.getFileName().toString());
    }

    /** The place of the new member is made first, so that a manager is never found without. */
    @Test
    void whatAnInterruptedPromotionLeftOfTheMemberIsSweptAway() throws IOException {
        Host host = new Host(temporary);
        LocalNode node = host.start().join(host.managers.token(), List.of("192.0.2.1"), Addresses.CHOSEN);
        new StateDirectory(host.directory).prepareMember("00000000");
        Host next = host.afterKill();

        assertThat(next.withoutTransport().current().map(LocalNode::nodeId)).contains(node.nodeId());
        assertThat(names(host.directory.resolve("consensus"))).isEmpty();
    }

    /** Each is what a founding leaves that is killed before its next write. */
    @Test
    void aFoundingThatIsKilledAtAnyMomentCanBeRepeatedOrGoesOn() throws IOException {
        Host host = new Host(temporary);
        SwarmIdentity identity = host.start();
        LocalNode founded = identity.init(Addresses.CHOSEN);
        Path place = host.registry.service(LocalManager.class).orElseThrow().directory();
        Host restarted = host.afterKill();
        assertThat(restarted.start().current().map(LocalNode::nodeId))
                .as("killed before the first group was opened")
                .contains(founded.nodeId());
        for (Path last : List.of(
                host.directory.resolve("node.json"),
                host.directory.resolve("secrets"),
                place.resolve("consensus.prepared"),
                place)) {
            Files.delete(last);
            assertThat(host.afterKill().start().current())
                    .as("killed before %s was written", last)
                    .isEmpty();
            restore(host, place, last);
        }
        assertThat(host.afterKill().start().init(Addresses.CHOSEN)).isNotNull();
    }

    /** The start has swept away what there was: all that was written before {@code last} again. */
    private static void restore(Host host, Path place, Path last) throws IOException {
        assertThat(host.directory).isEmptyDirectory();
        Files.createDirectories(place);
        if (!last.startsWith(place)) {
            Files.createFile(place.resolve("consensus.prepared"));
        }
        if (last.endsWith("node.json")) {
            Files.write(host.directory.resolve("secrets"), new byte[] {1});
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
