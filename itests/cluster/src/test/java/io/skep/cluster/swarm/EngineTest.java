package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Output;
import io.skep.cluster.lab.TestLab;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A swarm of three managers and a worker, with a service and writers, moves from one consensus engine to the other. */
@Tag("faults")
@Timeout(240)
class EngineTest {
    private static final String SERVICE = "waiting";
    private static final int REPLICAS = 4;
    private static final int SOME = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final String LOAD = "probe:load 4 25";

    @RegisterExtension
    static final TestLab lab = TestLab.of(LabSpec.of(4));

    private static Swarm swarm;

    @BeforeAll
    static void form() throws InterruptedException {
        swarm = Swarm.form(lab.get(), 3);
        Swarm.serve(lab.host(1), SERVICE, REPLICAS);
    }

    private static String engine(Host manager) {
        return Json.object(manager, "swarm:info", "--json").path("Consensus").asText();
    }

    private static String otherEngine() {
        return engine(lab.host(1)).equals("atomix") ? "ratis" : "atomix";
    }

    private static void awaitEngine(List<Host> managers, String engine) throws InterruptedException {
        for (Host manager : managers) {
            Swarm.awaitAt(manager, manager.name() + " uses " + engine, () -> engine(manager)
                    .equals(engine));
        }
    }

    private static List<Host> without(Host lost) {
        List<Host> others = new ArrayList<>(swarm.managers());
        others.remove(lost);
        return others;
    }

    private static Host follower() throws InterruptedException {
        return without(Swarm.leader(swarm.managers())).get(0);
    }

    /** A command that others do not wait for. */
    private static FutureTask<Output> command(Host host, String line) {
        FutureTask<Output> command = new FutureTask<>(() -> host.skep(line));
        Thread thread = new Thread(command, "test-command");
        thread.setDaemon(true);
        thread.start();
        return command;
    }

    private static void assertNothingLost(Writes writes) {
        for (Host manager : swarm.managers()) {
            assertThat(writes.lost(manager)).as("lost on %s", manager.name()).isEmpty();
        }
    }

    @Test
    void movesUnderWritersAndBackAndNoContainerNotices() throws Exception {
        Set<String> before = Containers.processes(lab.get().hosts());
        assertThat(before).hasSize(REPLICAS);
        FutureTask<Output> load = command(follower(), LOAD);
        Writes writes = Writes.begin(swarm.managers(), "both");
        for (String engine : List.of(otherEngine(), engine(lab.host(1)))) {
            writes.awaitMore(SOME);
            long begin = System.nanoTime();
            assertThat(follower().skep("swarm:consensus-use", engine).text()).contains(engine);
            System.out.printf("moved to %s in %d ms%n", engine, (System.nanoTime() - begin) / 1_000_000);
            awaitEngine(swarm.managers(), engine);
        }
        writes.awaitMore(SOME);
        String loaded = load.get().text();
        Duration gap = writes.end();
        System.out.printf(
                "there and back: %d commands acknowledged, longest gap %d ms; store: %s%n",
                writes.count(), gap.toMillis(), loaded);
        assertThat(gap).isLessThan(LONGEST_PAUSE);
        assertThat(writes.failures()).isEmpty();
        assertThat(loaded).contains(" failed 0 ", " lost 0");
        assertThat(Long.parseLong(loaded.replaceAll(".* longest-gap (\\d+) .*", "$1")))
                .isLessThan(LONGEST_PAUSE.toMillis());
        assertNothingLost(writes);
        assertThat(Containers.processes(lab.get().hosts())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void arrivesThoughAManagerIsKilledInTheMiddle(boolean leads) throws Exception {
        for (int i = 0; i < 2; i++) {
            Host leader = Swarm.leader(swarm.managers());
            Host killed = leads ? leader : follower();
            arrivesWithout(killed, leads ? follower() : leader);
        }
    }

    private void arrivesWithout(Host killed, Host asked) throws IOException, InterruptedException, ExecutionException {
        List<Host> others = without(killed);
        String engine = otherEngine();
        long epoch = Json.object(asked, "swarm:info", "--json").path("Epoch").asLong();
        Writes writes = Writes.begin(swarm.managers(), "after-epoch-" + epoch);
        writes.awaitMore(SOME);
        FutureTask<Output> move;
        try (Crossing crossing = Crossing.of(killed)) {
            move = command(asked, "swarm:consensus-use " + engine);
            crossing.await();
            killed.killNode();
        }
        Output output = move.get();
        assertThat(output.succeeded() || output.err().startsWith("UNAVAILABLE: "))
                .as(output.err())
                .isTrue();
        awaitEngine(others, engine);
        writes.awaitMore(SOME);
        killed.startNode();
        awaitEngine(List.of(killed), engine);
        writes.awaitMore(SOME);
        Duration gap = writes.end();
        System.out.printf(
                "%s killed on the way to %s (%s): %d commands acknowledged, longest gap %d ms, failed %s%n",
                killed.name(),
                engine,
                output.succeeded() ? "arrived" : output.err(),
                writes.count(),
                gap.toMillis(),
                writes.failures());
        assertThat(writes.failures()).allMatch(failure -> failure.contains("-" + killed.name() + "-"));
        assertThat(gap).isLessThan(LONGEST_PAUSE);
        assertNothingLost(writes);
        Swarm.awaitAt(killed, "all are ready", () -> Swarm.ready(killed) == 4);
        Swarm.awaitSlots(killed, lab.get().hosts(), SERVICE, REPLICAS);
    }

    @Test
    void refusesWhileAManagerHasNotTheEngine() throws InterruptedException {
        String engine = otherEngine();
        Host lacking = lab.host(2);
        lacking.skep("feature:uninstall skep-consensus-" + engine).text();
        Output refused = lab.host(1).skep("swarm:consensus-use " + engine);
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.err()).contains("h2", "feature:install skep-consensus-" + engine);
        lacking.skep("feature:install skep-consensus-" + engine).text();
        lab.host(1).skep("swarm:consensus-use " + engine).text();
        awaitEngine(swarm.managers(), engine);
    }
}
