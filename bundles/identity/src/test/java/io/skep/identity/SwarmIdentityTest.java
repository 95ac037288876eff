package io.skep.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.identity.ca.CertificateName;
import io.skep.identity.ca.Pem;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.SwarmSpec;
import io.skep.model.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwarmIdentityTest {
    @TempDir
    private Path temporary;

    private Host host = new Host(Path.of("unused"));

    @BeforeEach
    void aHost() {
        host = new Host(temporary);
    }

    @Test
    void aFoundedSwarmHasOneManagerWithAllThatASwarmBeginsWith() {
        LocalNode node = host.start().init(Addresses.CHOSEN);
        LocalManager manager = host.registry.service(LocalManager.class).orElseThrow();
        Trust trust = manager.founding().orElseThrow().trust();
        X509Certificate certificate = node.credentials().chain().get(0);

        assertThat(host.registry.service(LocalNode.class)).containsSame(node);
        assertThat(host.registry.role(LocalNode.class)).contains(NodeRole.MANAGER);
        assertThat(CertificateName.of(certificate))
                .isEqualTo(new CertificateName(node.nodeId(), NodeRole.MANAGER, node.swarmId()));
        assertThat(certificate.getNotAfter()).isEqualTo(host.loop.now().plus(SwarmSpec.STANDARD.certificateLifetime()));
        assertThat(node.credentials().roots())
                .containsExactly(Pem.certificate(trust.root().certificate()));
        assertThat(trust.id()).isEqualTo(node.swarmId());
        assertThat(trust.workerSecret().value())
                .matches("[0-9a-z]{25}")
                .isNotEqualTo(trust.managerSecret().value());
        assertThat(trust.gossipKeys()).hasSize(1).isEqualTo(node.facts().gossipKeys());
        assertThat(trust.unlockKey()).isEmpty();
        assertThat(manager.logKey()).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(manager.memberId()).matches(node.nodeId() + ":[0-9a-z]{8}");
        assertThat(manager.foundingMembers()).containsExactly(manager.memberId());
        assertThat(manager.directory().resolve("consensus.prepared")).isEmptyFile();
        assertThat(node.facts().managers()).hasSize(1);
        assertThat(node.facts().managers().get(0).address())
                .isEqualTo(node.transportAddress())
                .isEqualTo("192.0.2.10:2378");
        assertThat(node.listenAddress().getPort()).isEqualTo(Host.PORT);
    }

    @Test
    void onlyTheOwnerReadsWhatIsOnDisk() throws IOException {
        LocalNode node = host.start().init(Addresses.CHOSEN);
        String member = host.registry
                .service(LocalManager.class)
                .orElseThrow()
                .memberId()
                .substring(node.nodeId().length() + 1);

        TreeMap<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(host.directory)) {
            for (Path file : files.toList()) {
                modes.put(
                        host.directory.relativize(file).toString().replace(member, "SUFFIX"),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        assertThat(modes)
                .hasToString("{=rwx------, consensus=rwx------, consensus/SUFFIX=rwx------,"
                        + " consensus/SUFFIX/consensus.prepared=rw-------, node.json=rw-------, secrets=rw-------}");
        assertThat(Files.readString(host.directory.resolve("node.json"))).doesNotContain("PRIVATE", "Key");
    }

    @Test
    void aRestartFindsTheSameNode() {
        LocalNode before = host.start().init(Addresses.CHOSEN);
        LocalManager manager = host.registry.service(LocalManager.class).orElseThrow();
        host = host.afterKill();
        LocalNode after = host.start().current().orElseThrow();

        assertThat(after.nodeId()).isEqualTo(before.nodeId());
        assertThat(after.swarmId()).isEqualTo(before.swarmId());
        assertThat(after.credentials()).isEqualTo(before.credentials());
        assertThat(after.facts()).isEqualTo(before.facts());
        assertThat(after.transportAddress()).isEqualTo(before.transportAddress());
        LocalManager again = host.registry.service(LocalManager.class).orElseThrow();
        assertThat(again.memberId()).isEqualTo(manager.memberId());
        assertThat(again.foundingMembers()).isEqualTo(manager.foundingMembers());
        assertThat(again.directory()).isEqualTo(manager.directory());
        assertThat(again.logKey()).isEqualTo(manager.logKey());
        assertThat(again.founding()).isEqualTo(manager.founding()).isPresent();
    }

    @Test
    void theRootsKeyIsKeptUntilItIsInTheStore() throws IOException {
        host.start().init(Addresses.CHOSEN);
        LocalManager manager = host.registry.service(LocalManager.class).orElseThrow();
        String key = manager.founding()
                .orElseThrow()
                .trust()
                .root()
                .key()
                .value()
                .lines()
                .toList()
                .get(1);
        Path secrets = host.directory.resolve("secrets");
        assertThat(Files.readString(secrets, ISO_8859_1)).contains(key);

        manager.founded();
        manager.founded();

        assertThat(manager.founding()).isEmpty();
        assertThat(Files.readString(secrets, ISO_8859_1)).doesNotContain(key);
        host = host.afterKill();
        host.start();
        assertThat(host.registry.service(LocalManager.class).orElseThrow().founding())
                .isEmpty();
    }

    @Test
    void aNodeOfASwarmEntersNoOther() {
        SwarmIdentity identity = host.start();
        identity.init(Addresses.CHOSEN);

        refused(ErrorCode.WRONG_STATE, "already part of swarm", () -> identity.init(Addresses.CHOSEN));
        refused(
                ErrorCode.WRONG_STATE,
                "already part of swarm",
                () -> identity.join(host.managers.token(), List.of("192.0.2.1"), Addresses.CHOSEN));
    }

    @Test
    void anAddressOfAnotherHostIsRefusedAndNothingIsLeft() {
        SwarmIdentity identity = host.start();

        refused(
                ErrorCode.INVALID_ARGUMENT,
                "'192.0.2.99' is not an address of this host",
                () -> identity.init(new Addresses(Optional.of("192.0.2.99"), Optional.empty())));
        assertThat(host.directory).doesNotExist();
        assertThat(identity.current()).isEmpty();
    }

    @Test
    void whoLeavesLeavesNothingOnceEverybodyHasLetGo() throws IOException {
        SwarmIdentity identity = host.start();
        LocalNode node = identity.init(Addresses.CHOSEN);
        LocalManager manager = host.registry.service(LocalManager.class).orElseThrow();
        Files.createDirectories(manager.directory().resolve("log"));
        Files.writeString(manager.directory().resolve("log/segment"), "commands");
        host.registry.whenManagerGoes(
                () -> assertThat(manager.directory().resolve("log/segment")).exists());
        host.registry.story();

        identity.leave();
        identity.leave();

        assertThat(host.registry.story()).isEqualTo("-Renewable -LocalManager -LocalNode");
        assertThat(host.directory).doesNotExist();
        assertThat(identity.current()).isEmpty();
        refused(ErrorCode.PART_MISSING, "left its swarm", () -> node.learn(host.managers.facts(NodeRole.WORKER)));
        assertThat(host.directory).doesNotExist();
        assertThat(identity.init(Addresses.CHOSEN).nodeId()).isNotEqualTo(node.nodeId());
    }

    @Test
    void aStoppedIdentityWithdrawsItsServicesAndKeepsTheDirectory() {
        SwarmIdentity identity = host.start();
        LocalNode node = identity.init(Addresses.CHOSEN);

        identity.stop();

        assertThat(host.registry.empty()).isTrue();
        assertThat(host.start().current().map(LocalNode::nodeId)).contains(node.nodeId());
    }

    @Test
    void aHostWithAnotherAddressIsFoundThereAfterItsStart() {
        host.start().init(Addresses.CHOSEN);
        host = host.afterKill();
        host.address("192.0.2.77");

        assertThat(host.start().current().map(LocalNode::transportAddress)).contains("192.0.2.77:2378");
        host = host.afterKill();
        assertThat(host.start().current().map(LocalNode::transportAddress)).contains("192.0.2.77:2378");
    }

    @Test
    void aDirectoryThatCannotBeReadIsSaidAndCanBeLeft() throws IOException {
        host.start().init(Addresses.CHOSEN);
        Files.delete(host.directory.resolve("secrets"));
        host = host.afterKill();
        SwarmIdentity identity = host.start();

        assertThat(host.registry.empty()).isTrue();
        refused(ErrorCode.CORRUPT, "secrets is missing", identity::current);
        refused(ErrorCode.CORRUPT, "leave the swarm", () -> identity.init(Addresses.CHOSEN));
        assertThat(identity.locked()).isFalse();
        identity.leave();
        assertThat(identity.current()).isEmpty();
        assertThat(identity.init(Addresses.CHOSEN)).isNotNull();
    }

    /** Raft's votes and acknowledgements were promises; a member that forgot them could make a second leader, a founder even alone. */
    @Test
    void aManagerWhoseLogIsLostDoesNotTakePartUnderItsOldName() throws IOException {
        for (String lost : List.of("all members", "the directory", "all that is in it")) {
            LocalNode node = host.start().init(Addresses.CHOSEN);
            isRefusedWithoutIts(lost, host.registry.service(LocalManager.class).orElseThrow(), node);
            host.managers.granted = NodeRole.MANAGER;
            LocalNode joined = host.start().join(host.managers.token(), List.of("192.0.2.1"), Addresses.CHOSEN);
            isRefusedWithoutIts(lost, host.registry.service(LocalManager.class).orElseThrow(), joined);
        }
    }

    private void isRefusedWithoutIts(String lost, LocalManager manager, LocalNode node) throws IOException {
        Files.writeString(manager.directory().resolve("consensus.owner"), "engine=atomix");
        Files.createDirectory(manager.directory().resolve("2-ratis-g"));
        delete(lost.equals("all members") ? host.directory.resolve("consensus") : manager.directory());
        if (lost.equals("all that is in it")) {
            Files.createDirectories(manager.directory().resolve("lost+found"));
        }
        List<String> before = tree();
        host = host.afterKill();
        host.address("192.0.2.78"); // which would be written

        SwarmIdentity identity = host.start();
        refused(ErrorCode.CORRUPT, manager.directory() + ", is lost", identity::current);
        refused(ErrorCode.CORRUPT, "swarm:leave --force", () -> identity.init(Addresses.CHOSEN));
        assertThat(host.registry.empty()).isTrue();
        assertThat(tree()).isEqualTo(before);
        identity.leave();
        assertThat(identity.init(Addresses.CHOSEN).nodeId()).isNotEqualTo(node.nodeId());
        identity.leave();
        host.address("192.0.2.10");
    }

    @Test
    void aMemberOfAnEarlierVersionThatHasBegunGoesOn() throws IOException {
        LocalNode node = host.start().init(Addresses.CHOSEN);
        LocalManager manager = host.registry.service(LocalManager.class).orElseThrow();
        Files.move(
                manager.directory().resolve("consensus.prepared"),
                manager.directory().resolve("consensus.owner"));
        host = host.afterKill();

        assertThat(host.start().current().map(LocalNode::nodeId)).contains(node.nodeId());
    }

    /** All files and directories with what is in them. */
    private List<String> tree() throws IOException {
        try (Stream<Path> files = Files.walk(host.directory)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                lines.add(file + (Files.isDirectory(file) ? "" : " " + Files.readString(file, ISO_8859_1)));
            }
            return lines;
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void whatAnotherVersionWroteIsNotGuessedAt() throws IOException {
        host.start().init(Addresses.CHOSEN);
        Files.writeString(host.directory.resolve("node.json"), "{\"NodeID\": \"n\", \"memberId\": \"m\"}");
        host = host.afterKill();

        refused(ErrorCode.CORRUPT, "node.json cannot be read", () -> host.start()
                .current());
    }

    static void refused(ErrorCode code, String why, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        SkepException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(why);
    }
}
