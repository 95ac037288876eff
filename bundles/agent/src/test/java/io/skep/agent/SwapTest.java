package io.skep.agent;

import static io.skep.model.TaskState.FAILED;
import static io.skep.model.TaskState.PREPARING;
import static io.skep.model.TaskState.RUNNING;
import static io.skep.model.TaskState.SHUTDOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.network.ServiceAddress;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of tasks while parts go and come back: never a second container, never a failure that was none. */
class SwapTest {
    private static final String ID = "abcdefghijklmnopqrstuvwxy";

    private final Bench bench = Bench.complete();

    private void run(String... args) {
        bench.managers.assign(Samples.assignment(ID, args));
        bench.loop.settle();
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, RUNNING);
    }

    private List<TaskState> states() {
        return bench.managers.states(ID);
    }

    @Test
    void aTaskWaitsForItsRuntime() {
        bench.unbindRuntime();
        bench.managers.assign(Samples.assignment(ID));
        bench.loop.pass(Duration.ofMinutes(1));
        assertThat(states()).isEmpty();
        bench.bindRuntime();
        bench.loop.settle();
        assertThat(states()).containsExactly(PREPARING, RUNNING);
    }

    @Test
    void aTaskWaitsForTheNetworkDriver() {
        bench.unbindDriver();
        bench.managers.assign(Samples.assignment(ID));
        bench.loop.pass(Duration.ofMinutes(1));
        assertThat(states()).containsExactly(PREPARING);
        bench.bindDriver();
        bench.loop.settle();
        assertThat(states()).containsExactly(PREPARING, RUNNING);
    }

    @Test
    void aRemovalWaitsForTheNetworkDriver() {
        run();
        bench.unbindDriver();
        bench.managers.forget(ID);
        bench.loop.pass(Duration.ofMinutes(1));
        assertThat(bench.host.configs()).isNotEmpty();
        bench.bindDriver();
        bench.loop.settle();
        assertThat(bench.host.configs()).isEmpty();
        assertThat(bench.network.sandboxes()).isEmpty();
    }

    @Test
    void theSandboxOfATaskThatEndedWithoutADriverGoesWhenThereIsOne() {
        run();
        bench.unbindDriver();
        bench.host.crash(ID, 1, bench.loop.now());
        bench.loop.settle();
        assertThat(states()).endsWith(FAILED);
        assertThat(bench.network.sandboxes()).isNotEmpty();
        bench.bindDriver();
        bench.loop.settle();
        assertThat(bench.network.sandboxes()).isEmpty();
    }

    @Test
    void anotherRuntimeFindsTheContainerAndSeesItsEnd() {
        run();
        bench.unbindRuntime();
        bench.bindRuntime();
        bench.loop.settle();
        assertThat(states()).containsExactly(PREPARING, RUNNING);
        bench.host.crash(ID, 9, bench.loop.now());
        bench.loop.settle();
        assertThat(states()).containsExactly(PREPARING, RUNNING, FAILED);
    }

    @Test
    void whatEndedBetweenTwoRuntimesIsToldWithItsCode() {
        run();
        bench.unbindRuntime();
        bench.host.crash(ID, 9, bench.loop.now());
        bench.loop.settle();
        bench.bindRuntime();
        bench.loop.settle();
        assertThat(bench.managers.latest(ID).orElseThrow().err()).contains("(9)");
    }

    @Test
    void whatVanishedBetweenTwoRuntimesIsAFailure() {
        run();
        bench.unbindRuntime();
        bench.host.vanish(ID);
        bench.bindRuntime();
        bench.loop.settle();
        assertThat(states()).endsWith(FAILED);
        assertThat(bench.managers.latest(ID).orElseThrow().err()).contains("the container is gone");
    }

    @Test
    void aVerbThatFailsAfterTheSuccessorWasLookedAtIsTriedAgain() {
        bench.managers.assign(Samples.assignment(ID));
        bench.loop.drain();
        // The network stands.
        bench.loop.effect();
        // The sandbox is made; prepare is asked, and its answer comes only after the swap.
        bench.loop.effect();
        bench.host.failNext("prepare", new SkepException(ErrorCode.PART_MISSING, "the runtime is stopped"));
        bench.unbindRuntime();
        bench.bindRuntime();
        bench.loop.drain();
        bench.loop.delayEffect();
        while (bench.loop.effects() > 1) {
            bench.loop.effect();
            bench.loop.drain();
        }
        bench.loop.settle();
        assertThat(states()).containsExactly(PREPARING, RUNNING);
    }

    @Test
    void aStopThatFailsAfterTheSuccessorWasLookedAtIsTriedAgain() {
        run();
        bench.managers.desire(ID, SHUTDOWN);
        bench.loop.drain();
        bench.host.failNext("stop", new SkepException(ErrorCode.PART_MISSING, "the runtime is stopped"));
        bench.unbindRuntime();
        bench.bindRuntime();
        bench.loop.drain();
        bench.loop.delayEffect();
        bench.loop.settle();
        assertThat(states()).endsWith(SHUTDOWN);
    }

    @Test
    void anotherAgentTakesTheContainersOver() {
        run();
        bench.replaceAgent();
        assertThat(bench.stated())
                .as("what nobody looked at yet stays reachable")
                .containsExactly(ID);
        bench.loop.settle();
        assertThat(states()).containsExactly(PREPARING, RUNNING);
        assertThat(bench.host.configs()).containsOnlyKeys(ID);
        assertThat(bench.stated()).containsExactly(ID);
        bench.host.crash(ID, 9, bench.loop.now());
        bench.loop.settle();
        assertThat(states()).endsWith(FAILED);
    }

    @Test
    void anotherAgentFinishesAStopWithoutCallingItAFailure() {
        run("until", "TERM", "5");
        bench.managers.desire(ID, SHUTDOWN);
        bench.loop.drain();
        bench.host.crash(ID, 5, bench.loop.now());
        bench.replaceAgent();
        bench.loop.settle();
        assertThat(states()).containsExactly(PREPARING, RUNNING, SHUTDOWN);
    }

    @Test
    void anotherAgentClearsAwayWhatTheSwarmForgotMeanwhile() {
        run();
        bench.stopAgent();
        bench.managers.forget(ID);
        bench.loop.settle();
        bench.replaceAgent();
        bench.loop.settle();
        assertThat(bench.host.configs()).isEmpty();
        assertThat(bench.network.sandboxes()).isEmpty();
        assertThat(bench.stated()).isEmpty();
    }

    @Test
    void aContainerThatVanishedUnderAnotherAgentIsAFailureThoughItsAssignmentChangesFirst() {
        run();
        bench.unbindRuntime();
        bench.replaceAgent();
        bench.loop.settle();
        bench.managers.assign(Samples.assignment(ID));
        bench.loop.settle();
        bench.host.vanish(ID);
        bench.bindRuntime();
        bench.loop.settle();
        assertThat(states()).containsExactly(PREPARING, RUNNING, FAILED);
        assertThat(bench.host.configs()).isEmpty();
    }

    @Test
    void anotherSessionChangesNothingOnTheNode() {
        run();
        bench.managers.lose();
        bench.loop.pass(Duration.ofSeconds(1));
        assertThat(bench.managers.sessions()).isEqualTo(1);
        assertThat(states()).containsExactly(PREPARING, RUNNING);
        bench.managers.assign(Samples.assignment("zyxwvutsrqponmlkjihgfedcb", RUNNING, List.of(), "10.1.0.99"));
        bench.loop.settle();
        assertThat(bench.stated()).hasSize(2);
    }

    @Test
    void aNewAgentCutsNobodyOffWhileItsRuntimeIsSlow() {
        Bench fresh = new Bench();
        fresh.managers.assign(Samples.assignment(ID));
        fresh.managers.heard(Samples.status(ID, RUNNING));
        fresh.bindDriver();
        fresh.managers.lose();
        fresh.loop.settle();
        assertThat(fresh.stated()).containsExactly(ID);
        fresh.bindRuntime();
        fresh.loop.settle();
        assertThat(fresh.stated()).as("it has no such container").isEmpty();
    }

    @Test
    void anAgentThatGoesLeavesContainersAndTakesItsSessionAlong() {
        run();
        bench.stopAgent();
        bench.loop.settle();
        assertThat(bench.managers.sessions()).isZero();
        assertThat(bench.registrations).hasValue(0);
        assertThat(bench.host.configs()).containsOnlyKeys(ID);
        assertThat(bench.network.sandboxes()).containsOnlyKeys(ID);
        assertThat(bench.stated()).containsExactly(ID);
    }

    @Test
    void anAgentThatGoesWhileItsSessionIsOpenedLeavesNone() {
        Bench fresh = new Bench();
        fresh.loop.drain();
        while (fresh.managers.sessions() == 0) {
            fresh.loop.effect();
        }
        fresh.stopAgent();
        assertThat(fresh.managers.sessions()).isZero();
    }

    @Test
    void whatTheManagersSayToAnAgentThatHasGoneHarmsNobody() {
        run();
        bench.managers.assign(Samples.assignment("zyxwvutsrqponmlkjihgfedcb", RUNNING, List.of(), "10.1.0.99"));
        bench.stopAgent();
        bench.loop.settle();
        assertThat(bench.host.configs()).containsOnlyKeys(ID);
    }

    @Test
    void discoveryIsToldOfServicesWhoeverComesLater() {
        List<ServiceAddress> services =
                List.of(new ServiceAddress("net", "10.1.0.0/24", "10.1.0.250", List.of("shop_web", "web")));
        List<List<ServiceAddress>> stated = new ArrayList<>();
        bench.managers.tell(services);
        bench.loop.settle();
        ServicePublisher publisher = new ServicePublisher(stated::add, bench.endpoints, bench.loop);
        bench.loop.settle();
        assertThat(stated).containsExactly(services);
        bench.managers.tell(List.of());
        bench.loop.settle();
        assertThat(stated).containsExactly(services, List.of());
        bench.stopAgent();
        publisher.stop();
        ServicePublisher successor = new ServicePublisher(stated::add, bench.endpoints, bench.loop);
        bench.loop.settle();
        assertThat(stated).containsExactly(services, List.of(), List.of());
        successor.stop();
    }

    @Test
    void twentyAgentsInARowLeaveNothing() {
        run();
        for (int i = 0; i < 20; i++) {
            bench.replaceAgent();
            bench.loop.settle();
        }
        assertThat(bench.managers.sessions()).isEqualTo(1);
        assertThat(bench.registrations).hasValue(2);
        assertThat(states()).containsExactly(PREPARING, RUNNING);
    }
}
