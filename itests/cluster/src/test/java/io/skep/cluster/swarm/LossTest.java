package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.fault.FaultRunner;
import io.skep.cluster.fault.Schedule;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.TestLab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A swarm of three managers and two workers that loses some of them. */
@Tag("faults")
@Timeout(240)
class LossTest {
    private static final String SERVICE = "waiting";
    private static final int REPLICAS = 10;

    /** More than the aims, for a busy machine; the aims are measured by the benchmarks. */
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final TestLab lab = TestLab.of(LabSpec.of(5));

    private Swarm swarm;

    @BeforeEach
    void form() throws InterruptedException {
        swarm = Swarm.form(lab.get(), 3);
        Swarm.serve(lab.host(1), SERVICE, REPLICAS);
    }

    private static List<Host> without(List<Host> hosts, Host lost) {
        List<Host> others = new ArrayList<>(hosts);
        others.remove(lost);
        return others;
    }

    @Test
    void theOthersGoOnWhenTheLeaderIsKilled() throws InterruptedException {
        Host leader = Swarm.leader(swarm.managers());
        List<Host> others = without(swarm.managers(), leader);
        leader.killNode();
        assertThat(Timing.untilAWriteIsAccepted(others, "after")).isLessThan(SOON);
        leader.startNode();
        Host other = others.get(0);
        Swarm.awaitAt(other, "all are ready", () -> Swarm.ready(other) == 5);
        Swarm.awaitSlots(other, lab.get().hosts(), SERVICE, REPLICAS);
    }

    @Test
    void theTasksOfALeaderWithoutPowerRunElsewhere() throws InterruptedException {
        Host leader = Swarm.leader(swarm.managers());
        List<Host> others = without(lab.get().hosts(), leader);
        leader.powerOff();
        Swarm.awaitSlots(others.get(0), others, SERVICE, REPLICAS);
    }

    @Test
    void theTasksOfAWorkerWithoutPowerRunElsewhereAndItIsUsedAgain() throws InterruptedException {
        Host worker = lab.host(5);
        List<Host> others = without(lab.get().hosts(), worker);
        worker.powerOff();
        Swarm.awaitSlots(lab.host(1), others, SERVICE, REPLICAS);
        worker.up();
        swarm.await("h5 is ready", () -> Swarm.ready(lab.host(1)) == 5);
        assertThat(Containers.on(worker)).isEmpty();
        Swarm.serve(lab.host(1), "next", 5);
        assertThat(Containers.on(worker)).isNotEmpty();
    }

    /** The founder: by itself it would found its swarm again, empty. */
    @Test
    void aManagerWhoseLogIsLostTakesNoPartUntilItJoinsAsAnotherNode() throws InterruptedException {
        Host founder = lab.host(1);
        Host other = lab.host(2);
        founder.killNode();
        founder.delete("data/swarm/consensus");
        founder.startNode();
        assertThat(founder.skep("swarm:info").out()).contains("Swarm: error", "is lost", "swarm:leave --force");
        assertThat(founder.skep("swarm:node-ls").err()).contains("is lost");
        Swarm.awaitSlots(other, without(lab.get().hosts(), founder), SERVICE, REPLICAS);

        founder.skep("swarm:leave", "--force").text();
        other.skep("swarm:node-rm", "--force", "h1").text();
        String token = other.skep("swarm:join-token", "-q", "manager").text();
        founder.skep("swarm:join", "--token", token, other.address() + ":2377").text();
        Swarm.awaitRole(founder, "manager");
        Swarm.awaitAt(other, "all are ready", () -> Swarm.ready(other) == 5);
    }

    @Test
    void aSwarmWhosePowerWasCutComesBackWithItsServices() throws InterruptedException {
        new FaultRunner(lab.get(), System.out::println).run(Schedule.parse("0 all-off\n0 all-up"));
        Swarm.awaitSlots(lab.host(1), lab.get().hosts(), SERVICE, REPLICAS);
    }

    /** Two busy programs on each of four hosts. */
    @Test
    void aBusyMachineDeposesNobody() throws Exception {
        Host leader = Swarm.leader(swarm.managers());
        String before = Swarm.term(leader);
        Set<String> running = Containers.processes(lab.get().hosts());
        List<Process> busy = new ArrayList<>();
        for (Host host : lab.get().hosts().subList(0, 4)) {
            for (int i = 0; i < 2; i++) {
                busy.add(host.launch(List.of("timeout", "20", "sh", "-c", "while :; do :; done")));
            }
        }
        for (Process one : busy) {
            one.waitFor();
        }
        assertThat(Swarm.term(leader)).isEqualTo(before);
        assertThat(Swarm.states(leader).values()).containsOnly("ready");
        assertThat(Containers.processes(lab.get().hosts())).isEqualTo(running);
    }

    @Test
    void aPauseOfHalfASecondDeposesNobody() throws InterruptedException {
        Host leader = Swarm.leader(swarm.managers());
        String before = Swarm.term(leader);
        List<String> running = Containers.on(lab.host(5));
        new FaultRunner(lab.get(), System.out::println)
                .run(Schedule.parse("0 pause %1$d%n0.5 resume %1$d%n".formatted(leader.number())));
        leader.skep("swarm:network-create", "after").text();
        assertThat(Swarm.term(leader)).isEqualTo(before);
        assertThat(Containers.on(lab.host(5))).containsExactlyInAnyOrderElementsOf(running);
    }
}
