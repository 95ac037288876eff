package io.skep.identity;

import static io.skep.identity.SwarmIdentityTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.UnlockKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwarmNodeTest {
    @TempDir
    private Path temporary;

    private Host host = new Host(Path.of("unused"));
    private SwarmIdentity identity = host.withoutTransport();

    @BeforeEach
    void aManager() {
        host = new Host(temporary);
        identity = host.withoutTransport();
        identity.init(Addresses.CHOSEN);
    }

    private LocalNode node() {
        return identity.current().orElseThrow();
    }

    private SwarmFacts told(List<String> roots, String revoked) {
        SwarmFacts known = node().facts();
        return new SwarmFacts(known.managers(), known.gossipKeys(), roots, NodeRole.MANAGER, List.of(revoked));
    }

    @Test
    void whatIsKnownIsNeitherWrittenNorReported() throws IOException {
        Path secrets = host.directory.resolve("secrets");
        Object before = Files.getAttribute(secrets, "unix:ino");
        AtomicInteger told = new AtomicInteger();
        node().onChange(told::incrementAndGet);

        node().learn(node().facts());

        assertThat(told).hasValue(0);
        assertThat(Files.getAttribute(secrets, "unix:ino")).isEqualTo(before);
    }

    @Test
    void aRootThatIsNoneIsNotKept() {
        SwarmFacts before = node().facts();

        refused(ErrorCode.INVALID_ARGUMENT, "not a certificate in PEM", () -> node().learn(
                        told(List.of("nonsense"), "somebody")));
        assertThat(node().facts()).isEqualTo(before);
        assertThat(host.afterKill().withoutTransport().current().map(LocalNode::facts))
                .contains(before);
    }

    @Test
    void aListenerThatWasStoppedIsForgottenAndTheOthersAreTold() {
        AtomicInteger stopped = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        node().onChange(() -> {
            stopped.incrementAndGet();
            throw new SkepException(ErrorCode.PART_MISSING, "stopped");
        });
        node().onChange(told::incrementAndGet);
        List<String> roots = node().facts().roots();

        node().learn(told(roots, "one"));
        node().learn(told(roots, "two"));

        assertThat(stopped).hasValue(1);
        assertThat(told).hasValue(2);
    }

    @Test
    void manyWhoWriteAtOnceLeaveWhatIsInMemory() {
        String key = UnlockKey.of(new byte[UnlockKey.BYTES]).text();
        List<String> roots = node().facts().roots();
        CompletableFuture<?>[] writers = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    node().learn(told(roots, "node" + i));
                    identity.lockWith(i % 2 == 0 ? Optional.of(key) : Optional.empty());
                }))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(writers).join();
        SwarmIdentity next = host.afterKill().withoutTransport();
        if (next.locked()) {
            next.unlock(key);
        }

        assertThat(next.current().map(LocalNode::facts)).contains(node().facts());
    }
}
