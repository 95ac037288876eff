package io.skep.consensus.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.api.transport.Access;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import io.skep.contracts.consensus.CountingMachine;
import io.skep.contracts.transport.SimulatedNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A leader that stands still for less than the election time-out and a heartbeat is kept, as a loaded or collecting machine may well do:
 * for half a second in production. Here all times are doubled, for a busy machine adds pauses of its own.
 */
final class PauseTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Timings TIMINGS = new Timings(
            RatisSwarm.TIMINGS.heartbeat().multipliedBy(2),
            RatisSwarm.TIMINGS.election().multipliedBy(2),
            RatisSwarm.TIMINGS.submit(),
            RatisSwarm.TIMINGS.catchUp());

    private static final List<String> THREE = List.of("a", "b", "c");

    private final Path root;
    private final SimulatedNetwork network = new SimulatedNetwork();
    private final Map<String, Standing> transports = new TreeMap<>();
    private final Map<String, Group> groups = new TreeMap<>();

    PauseTest(@TempDir Path root) {
        this.root = root;
    }

    /** A transport over which nothing goes out or comes in for a while; all of it arrives afterwards. */
    private static final class Standing implements Transport {
        private final Transport inner;
        private volatile CompletableFuture<Boolean> going = CompletableFuture.completedFuture(true);

        Standing(Transport inner) {
            this.inner = inner;
        }

        CompletableFuture<Boolean> stand(Duration time) {
            going = new CompletableFuture<Boolean>().completeOnTimeout(true, time.toMillis(), TimeUnit.MILLISECONDS);
            return going;
        }

        @Override
        public CompletionStage<byte[]> request(String nodeId, String subject, byte[] body, Duration timeout) {
            return going.thenCompose(go -> inner.request(nodeId, subject, body, timeout));
        }

        @Override
        public Registration serve(String subject, Access access, Handler handler) {
            return inner.serve(subject, access, (peer, body) -> going.thenCompose(go -> handler.handle(peer, body)));
        }

        @Override
        public void learn(String nodeId, String address) {
            inner.learn(nodeId, address);
        }
    }

    @Test
    void keepsALeaderThatStandsStillForAMoment() {
        try {
            for (String id : THREE) {
                Standing transport = new Standing(network.manager(id));
                transports.put(id, transport);
                groups.put(
                        id,
                        new RatisConsensus(transport, TIMINGS, RatisSwarm.SEGMENT)
                                .open(new GroupConfig("pause", id, root.resolve(id), THREE), new CountingMachine()));
            }
            groups.values().forEach(group -> await(group, seen -> seen.leader().isPresent()));
            Group leader = leading();
            Leadership before = leader.leadership();
            Await.answer(leader.barrier());

            Await.answer(Objects.requireNonNull(transports.get(before.leader().orElseThrow()))
                    .stand(PAUSE));
            groups.values().forEach(group -> Await.answer(group.barrier()));

            groups.values().forEach(group -> {
                assertThat(group.leadership().term()).isEqualTo(before.term());
                assertThat(group.leadership().leader()).isEqualTo(before.leader());
            });
        } finally {
            groups.values().forEach(Group::close);
        }
    }

    private Group leading() {
        return groups.values().stream()
                .filter(group -> group.leadership().local())
                .findFirst()
                .orElseThrow();
    }

    private static void await(Group group, Predicate<Leadership> wanted) {
        CompletableFuture<Leadership> seen = new CompletableFuture<>();
        group.onLeadership(leadership -> {
            if (wanted.test(leadership)) {
                seen.complete(leadership);
            }
        });
        Await.answer(seen);
    }
}
