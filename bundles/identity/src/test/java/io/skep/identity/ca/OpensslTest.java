package io.skep.identity.ca;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skep.model.NodeRole;
import io.skep.model.RootAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second opinion, where {@code openssl} is installed. */
class OpensslTest {
    private final Instant now = Instant.now();

    private final BouncyAuthority authority = new BouncyAuthority();
    private final NodeKey key = NodeKey.make(new SecureRandom());

    @TempDir
    private Path directory;

    private String old = "";
    private String next = "";
    private String cross = "";
    private String node = "";

    @BeforeEach
    void aRotationOfRoots() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        RootAuthority first = authority.found("swarm", now);
        RootAuthority second = authority.found("swarm", now);
        old = file("old", first.certificate());
        next = file("next", second.certificate());
        cross = file("cross", authority.crossSign(first, second, now));
        node = file(
                "node",
                authority.issue(second, key.request(), "node", NodeRole.MANAGER, "swarm", now, Duration.ofDays(90)));
    }

    @Test
    void believesANodeStrictlyForBothPurposes() throws Exception {
        for (String purpose : List.of("sslserver", "sslclient")) {
            assertThat(openssl("verify", "-x509_strict", "-purpose", purpose, "-CAfile", next, node))
                    .endsWith(": OK\n");
            assertThat(openssl(
                            "verify", "-x509_strict", "-purpose", purpose, "-CAfile", old, "-untrusted", cross, node))
                    .endsWith(": OK\n");
        }
        assertThat(openssl("verify", "-CAfile", old, node)).contains("unable to get local issuer certificate");
    }

    @Test
    void readsTheRequestAndTheKey() throws Exception {
        String request = file("request", key.request());
        String secret = file("key", key.key().value());

        assertThat(openssl("req", "-verify", "-noout", "-in", request)).contains("verify OK");
        assertThat(openssl("x509", "-noout", "-subject", "-in", node))
                .isEqualTo("subject=O = swarm, OU = swarm-manager, CN = node\n");
        assertThat(openssl("pkey", "-pubout", "-in", secret))
                .isEqualTo(openssl("x509", "-noout", "-pubkey", "-in", node));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private String openssl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
