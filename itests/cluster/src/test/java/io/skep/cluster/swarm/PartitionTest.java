package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.Impairment;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.Output;
import io.skep.cluster.lab.TestLab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A swarm whose network is cut. */
@Tag("faults")
@Timeout(240)
class PartitionTest {
    private static final String SERVICE = "waiting";
    private static final int REPLICAS = 8;
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final TestLab lab = TestLab.of(LabSpec.of(4));

    private Swarm swarm;

    @BeforeEach
    void form() throws InterruptedException {
        swarm = Swarm.form(lab.get(), 3);
        Swarm.serve(lab.host(1), SERVICE, REPLICAS);
    }

    @Test
    void aLeaderThatIsCutOffWritesNothingAndTheOthersGoOn() throws InterruptedException {
        Host leader = Swarm.leader(swarm.managers());
        List<Host> others = new ArrayList<>(swarm.managers());
        others.remove(leader);
        lab.get().network().isolate(leader.number());
        assertThat(Timing.untilAWriteIsAccepted(others, "majority")).isLessThan(SOON);
        assertThat(leader.skep("swarm:network-create", "minority").succeeded()).isFalse();
        lab.get().network().heal();
        Swarm.awaitAt(
                leader, "it has what the others wrote", () -> networks(leader).contains("majority"));
        assertThat(networks(leader)).isEqualTo(networks(others.get(0))).doesNotContain("minority");
        Swarm.awaitSlots(others.get(0), lab.get().hosts(), SERVICE, REPLICAS);
    }

    private static String networks(Host manager) {
        Output output = manager.skep("swarm:network-ls");
        return output.succeeded() ? output.text() : "";
    }

    @Test
    void aWorkerThatIsCutOffKeepsItsContainersAndHasNoGhostsAfterwards() throws InterruptedException {
        Host worker = lab.host(4);
        List<String> before = Containers.on(worker);
        assertThat(before).isNotEmpty();
        lab.get().network().isolate(worker.number());
        swarm.await("h4 is down", () -> "down".equals(Swarm.states(lab.host(1)).get("h4")));
        assertThat(Containers.on(worker)).containsExactlyInAnyOrderElementsOf(before);
        Swarm.awaitSlots(lab.host(1), swarm.managers(), SERVICE, REPLICAS);
        lab.get().network().heal();
        swarm.await(
                "h4 is ready", () -> "ready".equals(Swarm.states(lab.host(1)).get("h4")));
        Swarm.awaitSlots(lab.host(1), lab.get().hosts(), SERVICE, REPLICAS);
    }

    /** Gossip tells it who they are. */
    @Test
    void aWorkerWhoseOnlyManagerIsAnotherOneNowFindsIt() throws InterruptedException {
        Host first = lab.host(1);
        Host next = lab.host(2);
        Host worker = lab.host(4);
        for (String demoted : List.of("h2", "h3")) {
            first.skep("swarm:node-demote", demoted).text();
        }
        Swarm.awaitRole(next, "worker");
        lab.get().network().isolate(worker.number());
        swarm.await("h4 is down", () -> "down".equals(Swarm.states(first).get("h4")));
        first.skep("swarm:node-promote", "h2").text();
        Swarm.awaitRole(next, "manager");
        next.skep("swarm:node-demote", "h1").text();
        Swarm.awaitRole(first, "worker");
        first.powerOff();
        lab.get().network().heal();
        Swarm.awaitAt(
                next, "h4 is ready", () -> "ready".equals(Swarm.states(next).get("h4")));
        Swarm.awaitSlots(next, List.of(next, lab.host(3), worker), SERVICE, REPLICAS);
    }

    @Test
    void aOneWayCutOfTheLeaderIsOvercome() throws InterruptedException {
        Host leader = Swarm.leader(swarm.managers());
        List<Host> others = new ArrayList<>(swarm.managers());
        others.remove(leader);
        others.forEach(other -> lab.get().network().cutOneWay(leader.number(), other.number()));
        assertThat(Timing.untilAWriteIsAccepted(others, "after")).isLessThan(SOON);
    }

    @Test
    void aBadLinkOfAFollowerHoldsNobodyUp() throws InterruptedException {
        Host leader = Swarm.leader(swarm.managers());
        List<Host> others = new ArrayList<>(swarm.managers());
        others.remove(leader);
        Impairment bad = new Impairment(Duration.ofMillis(100), Duration.ofMillis(50), 0.1, 0.05);
        lab.get().network().slow(others.get(0).number(), bad, 1);
        assertThat(Timing.untilAWriteIsAccepted(List.of(leader), "after")).isLessThan(SOON);
    }
}
