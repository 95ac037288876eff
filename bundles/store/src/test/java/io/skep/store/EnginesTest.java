package io.skep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.store.Epoch;
import io.skep.contracts.consensus.SimulatedConsensus;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose files are swept, and which engine is in use, while the group of an earlier epoch is open yet. */
class EnginesTest {
    private static final LogKey KEY = new LogKey(new byte[32]);

    @TempDir
    private Path root;

    private Engines engines;

    @BeforeEach
    void start() {
        SimulatedNode node = new SimulatedNode("node", "swarm", NodeRole.MANAGER, root);
        engines = new Engines(node, new Nobody());
        engines.add("one", new SimulatedConsensus());
        engines.add("other", new SimulatedConsensus());
        engines.read("swarm", "one");
    }

    private static Epoch epoch(long number, String engine) {
        return new Epoch(number, engine, "g" + number, List.of(SimulatedNode.memberOf("node")));
    }

    private Path directory(Epoch epoch) {
        return root.resolve(epoch.number() + "-" + epoch.engine() + "-" + epoch.groupId());
    }

    /** Opens it and goes on in it. */
    private Epoch enter(long number, String engine) {
        Epoch epoch = epoch(number, engine);
        engines.open(epoch, machine());
        engines.enter(epoch);
        return epoch;
    }

    private static Replica machine() {
        return new Replica(KEY, new CommandSeal(KEY), State.empty(), applied -> {});
    }

    @Test
    void filesAreSweptOnceTheirGroupIsClosed() {
        Epoch second = enter(2, "other");
        Epoch third = enter(3, "one");
        engines.sweep();
        assertThat(directory(second)).exists();
        engines.closed(second);
        engines.sweep();
        assertThat(directory(second)).doesNotExist();
        assertThat(directory(third)).exists();
    }

    @Test
    void theFirstEpochsFilesLieBesideTheOthers() throws IOException {
        Path segment = Files.createFile(root.resolve("segment"));
        Epoch first = enter(1, "one");
        enter(2, "other");
        engines.sweep();
        assertThat(segment).exists();
        engines.closed(first);
        engines.sweep();
        assertThat(segment).doesNotExist();
    }

    /** The same manager after a restart. */
    private void restart() {
        start();
    }

    @Test
    void aGroupWhoseFilesAreLostIsNotOpenedAnew() throws IOException {
        Epoch second = enter(2, "other");
        Files.delete(directory(second));
        restart();
        assertThatThrownBy(() -> engines.open(second, machine()))
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining(directory(second) + ", is lost")
                .hasMessageContaining("swarm:leave --force");
        assertThat(directory(second)).doesNotExist();
        assertThat(engines.inUse("other")).isFalse();
    }

    /** Who joined is told of an epoch, enters it, and may be killed before it opened the group. */
    @Test
    void anEpochThatWasEnteredAndNeverOpenedIsOpenedAfterAKill() {
        Epoch told = epoch(2, "other");
        engines.enter(told);
        restart();
        assertThat(engines.epoch()).contains(told);
        assertThat(engines.open(told, machine())).isNotNull();
    }

    /** A kill before the epoch was written leaves a directory that counts, or none. */
    @Test
    void theNextEpochsGroupIsOpenedBeforeTheEpochIsEntered() {
        enter(2, "other");
        Epoch third = epoch(3, "one");
        restart();
        assertThat(engines.open(third, machine())).isNotNull();
    }

    @Test
    void anEngineIsInUseUntilItsLastGroupIsClosed() {
        Epoch first = enter(1, "one");
        enter(2, "other");
        Epoch third = enter(3, "one");
        engines.closed(first);
        assertThat(engines.inUse("one")).isTrue();
        engines.closed(third);
        assertThat(engines.inUse("one")).isFalse();
    }

    @Test
    void anEngineThatCannotOpenAGroupIsNotInUse() {
        Epoch second = epoch(2, "other");
        engines.add("other", new FullDisk());
        assertThatThrownBy(() -> engines.open(second, machine())).isInstanceOf(SkepException.class);
        assertThat(engines.inUse("other")).isFalse();
    }
}
