package io.skep.agent;

import static io.skep.model.TaskState.COMPLETE;
import static io.skep.model.TaskState.FAILED;
import static io.skep.model.TaskState.PREPARING;
import static io.skep.model.TaskState.READY;
import static io.skep.model.TaskState.REJECTED;
import static io.skep.model.TaskState.RUNNING;
import static io.skep.model.TaskState.SHUTDOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.TaskData;
import io.skep.api.runtime.ContainerConfig;
import io.skep.contracts.Await;
import io.skep.model.ConfigReference;
import io.skep.model.ContainerSpec;
import io.skep.model.ErrorCode;
import io.skep.model.FileTarget;
import io.skep.model.SecretReference;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The life of a task on its node while everything is there. */
class AgentTest {
    private static final String ID = "abcdefghijklmnopqrstuvwxy";

    private final Bench bench = Bench.complete();

    private void run(Assignment assignment) {
        bench.managers.assign(assignment);
        bench.loop.settle();
    }

    private TaskStatus latest() {
        return bench.managers.latest(ID).orElseThrow();
    }

    @Test
    void aTaskIsPreparedStartedAndReached() {
        run(Samples.assignment(ID));
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, RUNNING);
        assertThat(bench.host.configs()).containsOnlyKeys(ID);
        assertThat(bench.network.sandboxes()).containsOnlyKeys(ID);
        assertThat(bench.stated()).containsExactly(ID);
        assertThat(latest().containerStatus().orElseThrow().pid()).isPositive();
    }

    @Test
    void aTaskThatIsToBeReadyWaitsUntilItIsToRun() {
        run(Samples.desired(Samples.assignment(ID), READY));
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, READY);
        assertThat(bench.stated()).isEmpty();
        bench.managers.desire(ID, TaskState.RUNNING);
        bench.loop.settle();
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, READY, RUNNING);
    }

    @Test
    void aTaskThatIsNotWantedBeforeItStartedNeverStarts() {
        run(Samples.desired(Samples.assignment(ID), READY));
        bench.managers.desire(ID, SHUTDOWN);
        bench.loop.settle();
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, READY, SHUTDOWN);
    }

    @Test
    void aProgramsEndIsTold() {
        run(Samples.assignment(ID, "exit", "0"));
        bench.loop.pass(Duration.ofSeconds(1));
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, RUNNING, COMPLETE);
        assertThat(bench.stated()).isEmpty();
        assertThat(bench.network.sandboxes()).isEmpty();
        assertThat(bench.host.configs()).as("kept for its logs").containsOnlyKeys(ID);
    }

    @Test
    void aProgramsFailureIsToldWithItsCode() {
        run(Samples.assignment(ID, "exit", "3"));
        bench.loop.pass(Duration.ofSeconds(1));
        assertThat(latest().state()).isEqualTo(FAILED);
        assertThat(latest().err()).isEqualTo("task: non-zero exit (3)");
        assertThat(latest().containerStatus().orElseThrow().exitCode()).isEqualTo(3);
    }

    @Test
    void anExhaustedMemoryIsNamed() {
        run(Samples.assignment(ID));
        bench.host.exhaustMemory(ID, bench.loop.now());
        bench.loop.settle();
        assertThat(latest().err()).contains("non-zero exit (137)", "out of memory");
    }

    @Test
    void aShutdownIsNoFailureWhateverTheProgramAnswers() {
        run(Samples.assignment(ID, "until", "TERM", "5"));
        bench.managers.desire(ID, SHUTDOWN);
        bench.loop.drain();
        assertThat(bench.stated()).as("routes go before the process does").isEmpty();
        assertThat(latest().state()).isEqualTo(RUNNING);
        bench.loop.settle();
        assertThat(latest().state()).isEqualTo(SHUTDOWN);
        assertThat(latest().containerStatus().orElseThrow().exitCode()).isEqualTo(5);
        assertThat(latest().err()).isEmpty();
    }

    @Test
    void aTaskIsStoppedOnce() {
        run(Samples.assignment(ID));
        bench.managers.desire(ID, SHUTDOWN);
        bench.loop.drain();
        assertThat(bench.loop.effects()).isEqualTo(1);
        bench.loop.effect();
        bench.loop.settle();
        assertThat(bench.loop.effects()).isZero();
        assertThat(latest().state()).isEqualTo(SHUTDOWN);
    }

    @Test
    void nothingRemainsOfATaskThatTheSwarmForgot() {
        run(Samples.assignment(ID));
        assertThat(bench.network.standing()).isNotEmpty();
        bench.managers.forget(ID);
        bench.loop.settle();
        assertThat(bench.host.configs()).isEmpty();
        assertThat(bench.network.standing()).as("the next task has the address").isEmpty();
        assertThat(bench.network.sandboxes()).isEmpty();
        assertThat(bench.stated()).isEmpty();
    }

    @Test
    void aTaskThatIsForgottenWhileItIsMadeReadyGoesAsWell() {
        bench.managers.assign(Samples.assignment(ID));
        bench.loop.drain();
        bench.managers.forget(ID);
        bench.loop.settle();
        assertThat(bench.host.configs()).isEmpty();
        assertThat(bench.network.sandboxes()).isEmpty();
    }

    @Test
    void anImageThatIsMissingIsARejectionWithItsReason() {
        bench.host.failNext("prepare", new SkepException(ErrorCode.NOT_INSTALLED, "no such image: web:1; load it"));
        run(Samples.assignment(ID));
        assertThat(latest().state()).isEqualTo(REJECTED);
        assertThat(latest().err()).isEqualTo("no such image: web:1; load it");
        assertThat(bench.network.sandboxes()).isEmpty();
    }

    @Test
    void aPublishedPortThatAProgramOfTheHostHasIsARejectionThatNamesIt() {
        bench.network.listen("tcp/8080", "nginx (pid 812)");
        run(Samples.assignment(ID));
        assertThat(latest().state()).isEqualTo(REJECTED);
        assertThat(latest().err()).contains("8080/tcp is in use on this node by nginx (pid 812)");
        assertThat(bench.network.sandboxes()).isEmpty();
    }

    @Test
    void aCommandThatCannotBeExecutedIsAFailure() {
        bench.host.failNext("start", new SkepException(ErrorCode.INVALID_ARGUMENT, "no such file: web"));
        run(Samples.assignment(ID));
        assertThat(latest().state()).isEqualTo(FAILED);
        assertThat(latest().err()).isEqualTo("no such file: web");
        bench.managers.forget(ID);
        bench.loop.settle();
        assertThat(bench.host.configs()).isEmpty();
    }

    @Test
    void aStopThatFailsIsTriedAgain() {
        run(Samples.assignment(ID));
        bench.host.failNext("stop", new SkepException(ErrorCode.FAILED, "kill: resource busy"));
        bench.managers.desire(ID, SHUTDOWN);
        bench.loop.settle();
        assertThat(latest().state()).isEqualTo(RUNNING);
        bench.loop.pass(Duration.ofSeconds(1));
        assertThat(latest().state()).isEqualTo(SHUTDOWN);
    }

    @Test
    void aRemovalThatFailsIsTriedAgain() {
        run(Samples.assignment(ID));
        bench.host.failNext("remove", new SkepException(ErrorCode.FAILED, "umount: busy"));
        bench.managers.forget(ID);
        bench.loop.pass(Duration.ofSeconds(3));
        assertThat(bench.host.configs()).isEmpty();
    }

    @Test
    void aStopOfAContainerThatVanishedEndsTheTask() {
        run(Samples.assignment(ID));
        bench.managers.desire(ID, SHUTDOWN);
        bench.host.vanish(ID);
        bench.loop.pass(Duration.ofSeconds(5));
        assertThat(latest().state()).isEqualTo(SHUTDOWN);
        assertThat(bench.network.sandboxes()).isEmpty();
    }

    @Test
    void aChangedEndpointIsPublished() {
        Assignment before = Samples.assignment(ID);
        run(before);
        Assignment unpublished = new Assignment(
                before.task(),
                before.serviceLabels(),
                before.networks(),
                before.endpointMode(),
                List.of(),
                before.virtualIps(),
                before.lastKnown());
        run(unpublished);
        assertThat(bench.endpoints.stated().orElseThrow().values())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.ports()).isEmpty());
    }

    @Test
    void theNetworkOfATaskStandsBeforeItsSandboxDoesAndIsTold() {
        run(Samples.assignment(ID));
        assertThat(bench.network.standing())
                .isNotEmpty()
                .isEqualTo(bench.endpoints.segments().orElseThrow());
        bench.unbindDriver();
        bench.network.forgetNetworks();
        bench.bindDriver();
        bench.loop.settle();
        assertThat(bench.network.standing()).as("stated again to the successor").isNotEmpty();
    }

    @Test
    void noNetworkStandsLongerThanTheLastOfItsTasks() {
        run(Samples.assignment(ID));
        bench.managers.forget(ID);
        bench.loop.settle();
        assertThat(bench.network.standing()).isEmpty();
        assertThat(bench.endpoints.segments()).contains(List.of());
    }

    @Test
    void networksThatCannotStandAreTriedAgainOnceEveryFewSeconds() {
        bench.network.refuseNetworks(true);
        for (int i = 0; i < 20; i++) {
            run(Samples.assignment("t" + i));
        }
        bench.loop.pass(Duration.ofSeconds(10));
        int before = bench.network.statements();
        bench.loop.pass(Duration.ofSeconds(50));
        assertThat(bench.network.statements() - before).isBetween(9, 11);
        bench.network.refuseNetworks(false);
        bench.loop.pass(Duration.ofSeconds(10));
        assertThat(bench.network.standing()).isNotEmpty();
    }

    @Test
    void twentyContainersNeedFewCallsOfTheDriver() {
        for (int i = 0; i < 20; i++) {
            bench.managers.assign(
                    Samples.assignment("task" + i + "aaaaaaaaaaaaaaaa", RUNNING, List.of(), "10.1.0." + (i + 10)));
        }
        bench.loop.drain();
        assertThat(bench.loop.effects())
                .as("one call sets the network up, one attaches all")
                .isEqualTo(2);
        bench.loop.settle();
        assertThat(bench.stated()).hasSize(20);
    }

    @Test
    void aBadRequestDoesNotFailTheOthersOfItsBatch() {
        bench.managers.assign(Samples.assignment(ID, RUNNING, List.of(), "192.168.1.1"));
        bench.managers.assign(Samples.assignment("other" + ID, RUNNING, List.of(), "10.1.0.9"));
        bench.loop.settle();
        assertThat(latest().state()).isEqualTo(REJECTED);
        assertThat(latest().err()).contains("does not fit");
        assertThat(bench.managers.states("other" + ID)).endsWith(RUNNING);
    }

    @Test
    void aReportThatIsNeverAnsweredIsRepeatedInTheNextSession() {
        bench.managers.deaf(true);
        run(Samples.assignment(ID));
        assertThat(bench.managers.states(ID)).isEmpty();
        bench.managers.deaf(false);
        bench.managers.lose();
        bench.loop.pass(Duration.ofSeconds(1));
        assertThat(bench.managers.states(ID)).containsExactly(RUNNING);
    }

    @Test
    void theNodeSaysWhatItHas() {
        assertThat(bench.managers.description().runtimes()).containsExactly("oci");
        assertThat(bench.managers.description().networkDrivers()).containsExactly("linux");
        bench.unbindDriver();
        bench.unbindRuntime();
        bench.loop.settle();
        assertThat(bench.managers.description().runtimes()).isEmpty();
        assertThat(bench.managers.description().networkDrivers()).isEmpty();
    }

    private static Assignment reading(String id) {
        Assignment plain = Samples.assignment(id);
        ContainerSpec spec = plain.task()
                .spec()
                .containerSpec()
                .withFiles(
                        List.of(new SecretReference(FileTarget.named("password"), "s1", "db-password")),
                        List.of(new ConfigReference(new FileTarget("/etc/web.conf", "7", "8", 0400), "c1", "conf")));
        return Samples.of(
                Samples.task(
                        id,
                        RUNNING,
                        plain.task().spec().withContainer(spec),
                        plain.task().attachments()),
                List.of(Samples.network("net")));
    }

    @Test
    void secretsAndConfigsAreFilesOfTheContainer() {
        Sensitive secret = new Sensitive("c2VjcmV0");
        Sensitive conf = new Sensitive("Y29uZg==");
        bench.managers.data(List.of(new TaskData("s1", secret), new TaskData("c1", conf)), List.of());
        run(reading(ID));
        ContainerConfig config = bench.host.configs().values().iterator().next();
        assertThat(config.files())
                .containsExactly(
                        new ContainerConfig.File("/run/secrets/password", secret, 0, 0, 0444),
                        new ContainerConfig.File("/etc/web.conf", conf, 7, 8, 0400));
        assertThat(config.toString()).doesNotContain("c2VjcmV0");
    }

    @Test
    void whatNoTaskReadsIsForgotten() {
        bench.managers.data(List.of(new TaskData("s1", new Sensitive("c2VjcmV0"))), List.of());
        bench.managers.data(List.of(new TaskData("c1", new Sensitive("Y29uZg=="))), List.of("s1"));
        run(reading(ID));
        assertThat(latest().state()).isEqualTo(REJECTED);
        assertThat(latest().err()).contains("secret db-password is not in the swarm any more");
    }

    @Test
    void aNodeThatLeavesSaysSoAndLooksForNoLeader() {
        run(Samples.assignment(ID));
        CompletionStage<Boolean> heard = bench.farewell().say();
        bench.loop.settle();
        assertThat(Await.answer(heard)).isTrue();
        assertThat(bench.managers.left()).isTrue();
        assertThat(bench.endpoints.stated().orElseThrow())
                .as("nobody is sent here any more")
                .isEmpty();
        int opened = bench.managers.opened().size();
        bench.loop.pass(Duration.ofSeconds(10));
        assertThat(bench.managers.opened()).hasSize(opened);
        assertThat(bench.host.configs())
                .as("containers are none of the managers' business now")
                .hasSize(1);
    }

    @Test
    void aNodeThatLeavesWithoutASessionIsNotHeldUp() {
        bench.managers.lead(Optional.empty());
        bench.loop.pass(Duration.ofSeconds(1));
        CompletionStage<Boolean> heard = bench.farewell().say();
        bench.loop.settle();
        assertThat(Await.answer(heard)).isFalse();
        bench.managers.lead(Optional.of("m1"));
        bench.loop.pass(Duration.ofSeconds(10));
        assertThat(bench.managers.sessions()).isZero();
    }
}
