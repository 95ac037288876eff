package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.TestLab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In a swarm of three managers and a worker each part is stopped, updated and started on the leader, then on the worker, under a stack that is being used:
 * no container notices, no request to a published port fails, nothing that was acknowledged is lost.
 */
@Tag("faults")
@Timeout(240)
class SwapTest {
    private static final int REPLICAS = 4;
    private static final int SOME = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    @RegisterExtension
    static final TestLab lab = TestLab.of(LabSpec.of(4));

    private static Swarm swarm;

    @BeforeAll
    static void deploy() throws InterruptedException {
        swarm = Swarm.form(lab.get(), 3);
        lab.get().hosts().forEach(host -> WebStack.write(host, REPLICAS));
        WebStack.deploy(lab.host(1));
        Swarm.awaitSlots(lab.host(1), lab.get().hosts(), WebStack.SERVICE, REPLICAS);
    }

    @ParameterizedTest
    @EnumSource
    void isSwappedOnTheLeader(Part part) throws Exception {
        Host leader = Swarm.leader(swarm.managers());
        swap(part, leader, true);
    }

    @ParameterizedTest
    @EnumSource
    void isSwappedOnAWorker(Part part) throws Exception {
        swap(part, lab.host(4), false);
    }

    private static Host other(Host host) {
        return swarm.managers().stream().filter(one -> one != host).findFirst().orElseThrow();
    }

    private static void swap(Part part, Host host, boolean manager) throws Exception {
        Set<String> before = Containers.processes(lab.get().hosts());
        assertThat(before).hasSize(REPLICAS);
        List<Host> writing = new ArrayList<>(swarm.managers());
        if (part == Part.CONSENSUS) {
            writing.remove(host);
        }
        Host other = other(host);
        Requests here = Requests.begin(other, host);
        Requests there = Requests.begin(host, other);
        Writes writes = Writes.begin(writing, "during-" + part + "-" + host.name());
        writes.awaitMore(SOME);

        part.stop(host);
        int answeredHere = here.answered();
        int answeredThere = there.answered();
        Optional<String> needing = part.needing(manager);
        needing.ifPresent(command -> part.assertMissing(host, command));
        writes.awaitMore(SOME);
        assertThat(here.answered()).isGreaterThan(answeredHere);
        assertThat(there.answered()).isGreaterThan(answeredThere);
        part.updateAndStart(host);
        if (manager) {
            Swarm.awaitRole(host, "manager");
        }
        needing.ifPresent(command -> host.skep(command).text());
        assertAllWorks(other, before);

        writes.awaitMore(SOME);
        Duration gap = writes.end();
        int answered = here.answered() + there.answered();
        List<String> failed = new ArrayList<>(here.end());
        failed.addAll(there.end());
        System.out.printf(
                "%s swapped on %s: %d requests, failed %s; %d commands acknowledged, longest gap %d ms, failed %s%n",
                part, host.name(), answered, failed, writes.count(), gap.toMillis(), writes.failures());
        assertThat(failed).isEmpty();
        assertThat(writes.failures()).isEmpty();
        assertThat(gap).isLessThan(LONGEST_PAUSE);
        for (Host one : swarm.managers()) {
            assertThat(writes.lost(one)).as("lost on %s", one.name()).isEmpty();
        }
    }

    /** A service is placed on every node, and runs there until it is removed; what ran before runs on. While somebody writes, for a wait looks again then. */
    private static void assertAllWorks(Host manager, Set<String> before) throws InterruptedException {
        Swarm.serve(manager, "after", REPLICAS);
        Swarm.awaitAt(manager, "one more runs on each", () -> lab.get().hosts().stream()
                .allMatch(host -> Containers.on(host).size() == 2));
        manager.skep("swarm:service-rm", "after").text();
        Swarm.awaitAt(manager, "only the stack is left", () -> Containers.processes(
                        lab.get().hosts())
                .equals(before));
    }
}
