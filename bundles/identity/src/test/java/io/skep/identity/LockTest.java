package io.skep.identity;

import static io.skep.identity.SwarmIdentityTest.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.UnlockKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {
    private static final String KEY = key(1);
    private static final String OTHER = key(2);

    @TempDir
    private Path temporary;

    private Host host = new Host(Path.of("unused"));
    private String nodeId = "";

    private static String key(int filled) {
        byte[] bytes = new byte[UnlockKey.BYTES];
        Arrays.fill(bytes, (byte) filled);
        return UnlockKey.of(bytes).text();
    }

    /** A manager whose next start asks for {@link #KEY}. */
    @BeforeEach
    void aLockedManager() {
        host = new Host(temporary);
        SwarmIdentity identity = host.start();
        nodeId = identity.init(Addresses.CHOSEN).nodeId();
        identity.lockWith(Optional.of(KEY));
    }

    private SwarmIdentity restarted() {
        host = host.afterKill();
        return host.start();
    }

    @Test
    void aLockedNodeTakesPartInNothingUntilItIsUnlocked() {
        SwarmIdentity identity = restarted();

        assertThat(identity.locked()).isTrue();
        assertThat(identity.current()).isEmpty();
        assertThat(host.registry.empty()).isTrue();
        refused(ErrorCode.WRONG_STATE, "unlock them with swarm:unlock", () -> identity.init(Addresses.CHOSEN));
        refused(ErrorCode.WRONG_STATE, "unlock them first", () -> identity.lockWith(Optional.empty()));
        refused(ErrorCode.INVALID_ARGUMENT, "does not fit", () -> identity.unlock(OTHER));
        refused(ErrorCode.INVALID_ARGUMENT, "not an unlock key", () -> identity.unlock("open sesame"));
        assertThat(identity.locked()).isTrue();

        identity.unlock(KEY);

        assertThat(identity.locked()).isFalse();
        assertThat(identity.current().map(LocalNode::nodeId)).contains(nodeId);
        assertThat(host.registry.story()).isEqualTo("+LocalNode +Renewable +LocalManager");
        assertThat(host.registry.service(LocalManager.class).orElseThrow().founding())
                .isPresent();
        identity.unlock(OTHER);
        assertThat(host.registry.story()).isEmpty();
    }

    @Test
    void noSecretIsReadableOnDisk() throws IOException {
        LocalNode node = restarted().current().orElse(null);
        assertThat(node).isNull();
        String disk = Files.readString(host.directory.resolve("secrets"), ISO_8859_1)
                + Files.readString(host.directory.resolve("node.json"), ISO_8859_1);

        assertThat(disk).doesNotContain("BEGIN", "LogKey", "GossipKeys", "MIG");
    }

    @Test
    void whatIsWrittenLaterIsLockedToo() {
        LocalNode node = opened();
        SwarmFacts facts = host.managers.facts(NodeRole.MANAGER);
        node.learn(facts);
        host.registry.service(LocalManager.class).orElseThrow().founded();

        SwarmIdentity identity = restarted();
        assertThat(identity.locked()).isTrue();
        identity.unlock(KEY);
        assertThat(identity.current().map(LocalNode::facts)).contains(facts);
    }

    @Test
    void theKeyCanBeChangedAndTakenAway() {
        SwarmIdentity identity = host.start();
        identity.unlock(KEY);
        identity.lockWith(Optional.of(OTHER));
        identity.lockWith(Optional.of(OTHER));

        SwarmIdentity second = restarted();
        refused(ErrorCode.INVALID_ARGUMENT, "does not fit", () -> second.unlock(KEY));
        second.unlock(OTHER);
        second.lockWith(Optional.empty());

        SwarmIdentity third = restarted();
        assertThat(third.locked()).isFalse();
        assertThat(third.current()).isPresent();
    }

    @Test
    void theSameKeyAgainWritesNothing() throws IOException {
        SwarmIdentity identity = restarted();
        identity.unlock(KEY);
        byte[] before = Files.readAllBytes(host.directory.resolve("secrets"));
        identity.lockWith(Optional.of(KEY));

        assertThat(Files.readAllBytes(host.directory.resolve("secrets"))).isEqualTo(before);
    }

    @Test
    void aLockedNodeCanLeave() {
        SwarmIdentity identity = restarted();
        identity.leave();

        assertThat(identity.locked()).isFalse();
        assertThat(host.directory).doesNotExist();
        refused(ErrorCode.WRONG_STATE, "not part of a swarm", () -> identity.unlock(KEY));
        refused(ErrorCode.WRONG_STATE, "not part of a swarm", () -> identity.lockWith(Optional.of(KEY)));
    }

    @Test
    void aWorkerIsNotLocked() {
        SwarmIdentity identity = host.start();
        identity.leave();
        identity.join(host.managers.token(), List.of("192.0.2.1"), Addresses.CHOSEN);

        identity.lockWith(Optional.empty());
        refused(ErrorCode.WRONG_STATE, "only a manager", () -> identity.lockWith(Optional.of(KEY)));
    }

    private LocalNode opened() {
        SwarmIdentity identity = restarted();
        identity.unlock(KEY);
        return identity.current().orElseThrow();
    }
}
