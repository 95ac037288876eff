package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.contracts.Await;
import io.skep.contracts.consensus.CountingMachine;
import io.skep.contracts.transport.SimulatedNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader of the log holds half a megabyte; that the lead goes round must not make them more and more. */
final class ForgottenReadersTest {
    private static final int ROUNDS = 6;
    /** Two of the server's own, of which Atomix opens one more that is not used, and one for each other member. */
    private static final int MOST = 5;

    private final SimulatedNetwork network = new SimulatedNetwork();

    @TempDir
    private Path root;

    private Group open(String id, List<String> initial) {
        AtomixConsensus engine = new AtomixConsensus(network.manager(id), AtomixSwarm.TIMINGS, AtomixSwarm.SEGMENT);
        return engine.open(new GroupConfig("swarm", id, root.resolve(id), initial), new CountingMachine());
    }

    private static Object inside(Object of, String field) {
        return Inside.value(Inside.field(of.getClass(), field), of);
    }

    private static int readers(Group group) {
        Object started = ((CompletableFuture<?>) inside(group, "started")).join();
        RaftNode node = (RaftNode) inside(started, "node");
        return ((Set<?>) inside(node.raft().getLog(), "readers")).size();
    }

    @Test
    void theLeadGoesRound() {
        try (Group a = open("a", List.of("a"));
                Group b = open("b", List.of());
                Group c = open("c", List.of())) {
            Await.answer(a.add("b"));
            Await.answer(a.add("c"));
            for (int round = 0; round < ROUNDS; round++) {
                for (String next : List.of("b", "c", "a")) {
                    Await.answer(a.transfer(next));
                    Await.answer(a.submit(new byte[] {1}));
                }
            }
            assertThat(List.of(a, b, c))
                    .allSatisfy(group -> assertThat(readers(group)).isBetween(2, MOST));
        }
    }
}
