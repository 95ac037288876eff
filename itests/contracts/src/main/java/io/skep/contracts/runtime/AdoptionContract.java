package io.skep.contracts.runtime;

import static io.skep.contracts.runtime.RuntimeBench.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.Container.State;
import io.skep.api.runtime.ContainerConfig;
import io.skep.model.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Containers outlive the runtime that started them. */
interface AdoptionContract extends RuntimeSubject {
    @Test
    default void aSuccessorFindsTheSameProcess() {
        String id = bench().run(
                        bench().config().arguments(bench().programs().forever()).labels(Map.of("task", "web.1")));
        bench().awaitReady(id);
        Container before = bench().seen(id);
        List<Container> adopted = bench().swap();
        assertThat(adopted).containsExactly(before);
        assertThat(before.state()).isEqualTo(State.RUNNING);
        bench().runtime().stop(id, Duration.ofSeconds(20));
        assertThat(bench().exit(id).code()).isZero();
        assertThat(bench().output(id)).contains("ready");
    }

    @Test
    default void aSuccessorFindsWhatEndedMeanwhile() {
        bench().require(RuntimeFeature.PROGRAMS);
        String id = bench().run(Programs.shell("sleep 0.5; echo bye; exit 5"));
        List<Container> adopted = bench().swap();
        assertThat(adopted).hasSize(1);
        assertThat(bench().exit(id).code()).isEqualTo(5);
        adopted = bench().swap();
        assertThat(adopted).hasSize(1);
        assertThat(adopted.get(0).state()).isEqualTo(State.EXITED);
        assertThat(adopted.get(0).exit().orElseThrow().code()).isEqualTo(5);
        assertThat(bench().output(id)).containsExactly("bye");
    }

    @Test
    default void aSuccessorStartsWhatWasPrepared() {
        ContainerConfig config =
                bench().config().arguments(bench().programs().exit(4)).build();
        bench().runtime().prepare(config);
        assertThat(bench().swap()).extracting(Container::state).containsExactly(State.PREPARED);
        bench().runtime().start(config.id());
        assertThat(bench().exit(config.id()).code()).isEqualTo(4);
    }

    @Test
    default void whoAwaitsIsToldToAskTheSuccessor() {
        String id = bench().run(bench().programs().forever());
        bench().awaitReady(id);
        var exit = bench().runtime().await(id).toCompletableFuture();
        bench().swap();
        assertFails(ErrorCode.PART_MISSING, exit);
        assertThat(bench().runtime().await(id).toCompletableFuture()).isNotDone();
        bench().runtime().stop(id, Duration.ZERO);
        assertThat(bench().exit(id).code()).isEqualTo(137);
    }

    @Test
    default void adoptingTwiceChangesNothing() {
        String id = bench().run(bench().programs().forever());
        bench().awaitReady(id);
        assertThat(bench().runtime().adopt()).isEqualTo(bench().runtime().adopt());
        bench().runtime().stop(id, Duration.ZERO);
    }
}
