package io.skep.contracts.runtime;

import static io.skep.contracts.runtime.RuntimeBench.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.runtime.ContainerConfig;
import io.skep.model.ErrorCode;
import io.skep.model.ErrorKind;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is executed, as whom, where, and with which variables. */
interface ImageContract extends RuntimeSubject {
    @Test
    default void variablesReachTheProgram() {
        bench().require(RuntimeFeature.PROGRAMS);
        assertThat(bench().outputOf(bench().config()
                        .env("COLOUR=green", "EMPTY=", "SPACED=a b")
                        .arguments(Programs.shell("echo \"$COLOUR|$EMPTY|$SPACED\""))))
                .containsExactly("green||a b");
    }

    @Test
    default void theWorkingDirectoryIsTheOneAskedFor() {
        bench().require(RuntimeFeature.PROGRAMS);
        assertThat(bench().outputOf(bench().config().workingDirectory("/tmp").arguments(Programs.shell("pwd"))))
                .containsExactly("/tmp");
    }

    @Test
    default void aCommandThatIsNotThereIsRefusedAndLeavesNothing() {
        bench().require(RuntimeFeature.PROGRAMS);
        ContainerConfig config =
                bench().config().arguments(List.of("/no/such/program")).build();
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> {
            bench().runtime().prepare(config);
            bench().runtime().start(config.id());
        });
        bench().runtime().remove(config.id());
        assertThat(bench().runtime().adopt()).isEmpty();
    }

    @Test
    default void furtherProcessesRunInTheContainer() {
        bench().require(RuntimeFeature.EXEC);
        String id = bench().run(bench().config()
                .env("COLOUR=green")
                .arguments(bench().programs().forever()));
        bench().awaitReady(id);
        var result = bench().runtime()
                .exec(id, Programs.shell("echo $COLOUR; echo oops >&2; exit 3"), Duration.ofSeconds(20));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output().lines()).containsExactlyInAnyOrder("green", "oops");
    }

    @Test
    default void aFurtherProcessThatTakesTooLongIsKilled() {
        bench().require(RuntimeFeature.EXEC);
        String id = bench().run(bench().programs().forever());
        bench().awaitReady(id);
        assertFails(ErrorCode.TIMED_OUT, () -> bench().runtime()
                .exec(id, Programs.shell("exec sleep 987"), Duration.ofMillis(500)));
        var left = bench().runtime().exec(id, Programs.shell("ps | grep -c '[s]leep 987'"), Duration.ofSeconds(20));
        assertThat(left.output().strip()).isEqualTo("0");
    }

    @Test
    default void aFurtherProcessThatIsNotThereIsRefused() {
        bench().require(RuntimeFeature.EXEC);
        String id = bench().run(bench().programs().forever());
        bench().awaitReady(id);
        assertThatThrownBy(() -> bench().runtime().exec(id, List.of("/no/such/program"), Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(SkepException.class, refusal -> assertThat(refusal.kind())
                        .isEqualTo(ErrorKind.USER));
    }

    @Test
    default void furtherProcessesNeedARunningContainer() {
        bench().require(RuntimeFeature.EXEC);
        String id = bench().run(bench().programs().exit(0));
        bench().exit(id);
        assertFails(ErrorCode.WRONG_STATE, () -> bench().runtime().exec(id, List.of("true"), Duration.ofSeconds(5)));
    }

    @Test
    default void theEntrypointComesBeforeTheArguments() {
        bench().require(RuntimeFeature.IMAGES);
        assertThat(bench().outputOf(bench().config().entrypoint("echo", "fixed").arguments(List.of("given"))))
                .containsExactly("fixed given");
        assertThat(bench().outputOf(bench().config().entrypoint("echo", "alone")))
                .containsExactly("alone");
    }

    @Test
    default void usersAreFoundInTheImage() {
        bench().require(RuntimeFeature.IMAGES);
        List<String> who = Programs.shell("id -u; id -g; id -G");
        assertThat(bench().outputOf(bench().config().arguments(who))).containsExactly("0", "0", "0");
        assertThat(bench().outputOf(bench().config().user("bee").arguments(who)))
                .containsExactly("1000", "1000", "1000 2000");
        assertThat(bench().outputOf(bench().config().user("bee:swarm").arguments(who)))
                .containsExactly("1000", "2000", "2000");
        assertThat(bench().outputOf(bench().config().user("4321").arguments(who)))
                .containsExactly("4321", "0", "0");
    }

    @Test
    default void unknownUsersAndImagesAreRefusedAndLeaveNothing() {
        bench().require(RuntimeFeature.IMAGES);
        ContainerConfig wasp = bench().config()
                .user("wasp")
                .arguments(bench().programs().exit(0))
                .build();
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> bench().runtime().prepare(wasp));
        ContainerConfig nowhere = new ContainerConfigs(wasp.id(), "no/such:image").build();
        assertFails(ErrorCode.NOT_INSTALLED, () -> bench().runtime().prepare(nowhere));
        assertThat(bench().runtime().adopt()).isEmpty();
    }
}
