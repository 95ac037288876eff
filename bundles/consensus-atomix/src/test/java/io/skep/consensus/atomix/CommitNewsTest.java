package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.contracts.Await;
import io.skep.contracts.transport.SimulatedNetwork;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Followers learn what is committed long before the next heartbeat. */
final class CommitNewsTest {
    private static final Timings TIMINGS = new Timings(
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            AtomixSwarm.TIMINGS.submit(),
            AtomixSwarm.TIMINGS.session(),
            AtomixSwarm.TIMINGS.catchUp());

    private final SimulatedNetwork network = new SimulatedNetwork();

    @TempDir
    private Path root;

    /** Tells when it has applied a command. */
    private static final class Awaited implements StateMachine {
        private final Map<String, CompletableFuture<String>> applied = new ConcurrentHashMap<>();

        CompletableFuture<String> applied(String command) {
            return applied.computeIfAbsent(command, any -> new CompletableFuture<>());
        }

        @Override
        public byte[] apply(long index, byte[] command) {
            String text = new String(command, UTF_8);
            applied(text).complete(text);
            return command;
        }

        @Override
        public void save(OutputStream out) {}

        @Override
        public void load(InputStream in) {}
    }

    private Group open(String id, List<String> initial, StateMachine machine) {
        AtomixConsensus engine = new AtomixConsensus(network.manager(id), TIMINGS, AtomixSwarm.SEGMENT);
        return engine.open(new GroupConfig("swarm", id, root.resolve(id), initial), machine);
    }

    @Test
    void aFollowerAppliesWhatItWroteAndWhatOthersWrote() {
        Awaited onB = new Awaited();
        Awaited onC = new Awaited();
        try (Group a = open("a", List.of("a"), new Awaited());
                Group b = open("b", List.of(), onB);
                Group c = open("c", List.of(), onC)) {
            Await.answer(a.add("b"));
            Await.answer(a.add("c"));
            Await.answer(c.submit("first".getBytes(UTF_8)));
            long begin = System.nanoTime();
            // Each would wait for a heartbeat of its own, on one of the two at least.
            for (String command : List.of("one", "two", "three")) {
                Await.answer(b.submit(command.getBytes(UTF_8)));
                assertThat(Await.answer(onB.applied(command))).isEqualTo(command);
                assertThat(Await.answer(onC.applied(command))).isEqualTo(command);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMINGS.heartbeat());
        }
    }
}
