package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.contracts.Await;
import io.skep.contracts.transport.SimulatedNetwork;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever snapshots members take and get, all have the same state. */
final class SnapshotsApartTest {
    private static final int ROUNDS = 12;
    private static final int COMMANDS = 40;
    private static final byte[] COMMAND = new byte[40_000];

    private final SimulatedNetwork network = new SimulatedNetwork();

    @TempDir
    private Path root;

    /** Its state is the number of commands; counts how often that came from a snapshot. */
    private static final class Counted implements StateMachine {
        private final AtomicInteger applied = new AtomicInteger();
        private final AtomicInteger loaded = new AtomicInteger();
        private final AtomicInteger saved = new AtomicInteger();

        @Override
        public byte[] apply(long index, byte[] command) {
            applied.incrementAndGet();
            return new byte[0];
        }

        @Override
        public void save(OutputStream out) throws IOException {
            saved.incrementAndGet();
            new DataOutputStream(out).writeInt(applied.get());
        }

        @Override
        public void load(InputStream in) throws IOException {
            loaded.incrementAndGet();
            applied.set(new DataInputStream(in).readInt());
        }
    }

    private Group open(String id, List<String> initial, StateMachine machine) {
        AtomixConsensus engine = new AtomixConsensus(network.manager(id), AtomixSwarm.TIMINGS, AtomixSwarm.SEGMENT);
        return engine.open(new GroupConfig("swarm", id, root.resolve(id), initial), machine);
    }

    /** Several files of the log. */
    private static void write(Group group) {
        for (int round = 0; round < ROUNDS; round++) {
            List<CompletableFuture<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                answers.add(group.submit(COMMAND).toCompletableFuture());
            }
            answers.forEach(Await::answer);
        }
    }

    /**
     * Before, a snapshot that came from the leader for the same index as one that the follower was just writing took its file away, and the follower passed
     * the next command over.
     */
    @RepeatedTest(3)
    void aFollowerThatIsALittleBehindHasEveryCommand() {
        Counted leader = new Counted();
        List<Counted> followers = List.of(new Counted(), new Counted());
        try (Group a = open("a", List.of("a"), leader);
                Group b = open("b", List.of(), followers.get(0));
                Group c = open("c", List.of(), followers.get(1))) {
            Await.answer(a.add("b"));
            Await.answer(a.add("c"));
            write(a);
            Await.answer(b.barrier());
            Await.answer(c.barrier());
            assertThat(leader.saved.get()).isGreaterThan(3);
            assertThat(followers)
                    .allSatisfy(follower -> assertThat(follower.applied.get()).isEqualTo(ROUNDS * COMMANDS));
        }
    }

    @Test
    void aFollowerThatWasAwayForLongGetsASnapshot() {
        Counted late = new Counted();
        try (Group a = open("a", List.of("a"), new Counted());
                Group b = open("b", List.of(), new Counted());
                Group c = open("c", List.of(), late)) {
            Await.answer(a.add("b"));
            Await.answer(a.add("c"));
            late.loaded.set(0);
            network.cut("c");
            write(a);
            Await.answer(b.barrier());
            network.heal();
            Await.answer(c.barrier());
            assertThat(late.loaded.get()).isPositive();
            assertThat(late.applied.get()).isEqualTo(ROUNDS * COMMANDS);
        }
    }
}
