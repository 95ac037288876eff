package io.skep.contracts.runtime;

import static io.skep.contracts.runtime.RuntimeBench.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.Container.State;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.LogQuery;
import io.skep.model.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From prepare to remove. */
interface LifecycleContract extends RuntimeSubject {
    @Test
    default void saysWhatItIs() {
        assertThat(bench().runtime().info().name()).isNotBlank();
        assertThat(bench().runtime().info().problem()).isEmpty();
    }

    @Test
    default void preparesThenStarts() {
        ContainerConfig config = bench().config()
                .arguments(bench().programs().forever())
                .labels(Map.of("task", "web.1"))
                .build();
        Container prepared = bench().runtime().prepare(config);
        assertThat(prepared.state()).isEqualTo(State.PREPARED);
        assertThat(prepared.startedAt()).isEmpty();
        Container running = bench().runtime().start(config.id());
        assertThat(running.state()).isEqualTo(State.RUNNING);
        assertThat(running.pid()).isPresent();
        assertThat(running.startedAt()).isPresent();
        assertThat(running.labels()).containsEntry("task", "web.1");
        assertThat(bench().seen(config.id())).isEqualTo(running);
    }

    @Test
    default void tellsTheExitCode() {
        String id = bench().run(bench().programs().exit(7));
        assertThat(bench().exit(id).code()).isEqualTo(7);
        assertThat(bench().exit(id).outOfMemory()).isFalse();
        assertThat(bench().seen(id).state()).isEqualTo(State.EXITED);
        assertThat(bench().seen(id).exit()).contains(bench().exit(id));
    }

    @Test
    default void awaitsBeforeTheEnd() {
        String id = bench().run(bench().programs().forever());
        bench().awaitReady(id);
        var exit = bench().runtime().await(id).toCompletableFuture();
        assertThat(exit).isNotDone();
        bench().runtime().stop(id, Duration.ofSeconds(10));
        assertThat(bench().exit(id)).isEqualTo(exit.join());
    }

    @Test
    default void whoeverAwaitsDoesSoAlone() {
        String id = bench().run(bench().programs().forever());
        bench().awaitReady(id);
        var gone = bench().runtime().await(id).toCompletableFuture();
        var stays = bench().runtime().await(id).toCompletableFuture();
        assertThat(gone.cancel(false)).isTrue();
        assertThat(stays).isNotDone();
        bench().runtime().stop(id, Duration.ofSeconds(10));
        assertThat(bench().exit(id)).isEqualTo(stays.join());
    }

    @Test
    default void repeatedVerbsChangeNothing() {
        ContainerConfig config =
                bench().config().arguments(bench().programs().forever()).build();
        Container prepared = bench().runtime().prepare(config);
        assertThat(bench().runtime().prepare(config)).isEqualTo(prepared);
        Container running = bench().runtime().start(config.id());
        assertThat(bench().runtime().start(config.id())).isEqualTo(running);
        assertThat(bench().runtime().prepare(config)).isEqualTo(running);
        bench().awaitReady(config.id());
        bench().runtime().stop(config.id(), Duration.ofSeconds(10));
        Container ended = bench().seen(config.id());
        bench().runtime().stop(config.id(), Duration.ofSeconds(10));
        assertThat(bench().runtime().start(config.id())).isEqualTo(ended);
        assertThat(bench().runtime().prepare(config)).isEqualTo(ended);
        bench().runtime().remove(config.id());
        bench().runtime().remove(config.id());
        assertThat(bench().runtime().adopt()).isEmpty();
    }

    @Test
    default void unknownIdsAreNoErrorWhereThereIsNothingToDo() {
        bench().runtime().stop("nosuchcontainer0000000000", Duration.ZERO);
        bench().runtime().remove("nosuchcontainer0000000000");
    }

    @Test
    default void unknownIdsAreRefusedElsewhere() {
        String id = "nosuchcontainer0000000000";
        assertFails(ErrorCode.NOT_FOUND, () -> bench().runtime().start(id));
        assertFails(ErrorCode.NOT_FOUND, () -> bench().runtime().logs(id, LogQuery.ALL, line -> true));
        assertFails(ErrorCode.NOT_FOUND, () -> bench().runtime().stats(id));
        assertFails(ErrorCode.NOT_FOUND, () -> bench().runtime().exec(id, List.of("true"), Duration.ofSeconds(5)));
        assertFails(ErrorCode.NOT_FOUND, bench().runtime().await(id).toCompletableFuture());
    }

    @Test
    default void anUnstartedContainerCanBeRemoved() {
        ContainerConfig config =
                bench().config().arguments(bench().programs().forever()).build();
        bench().runtime().prepare(config);
        bench().runtime().remove(config.id());
        assertThat(bench().runtime().adopt()).isEmpty();
        assertFails(ErrorCode.NOT_FOUND, () -> bench().runtime().start(config.id()));
    }

    @Test
    default void aRemovedIdCanBePreparedAgain() {
        ContainerConfig config =
                bench().config().arguments(bench().programs().exit(3)).build();
        for (int i = 0; i < 2; i++) {
            bench().runtime().prepare(config);
            bench().runtime().start(config.id());
            assertThat(bench().exit(config.id()).code()).isEqualTo(3);
            bench().runtime().remove(config.id());
        }
    }

    @Test
    default void removalEndsWhatRuns() {
        String id = bench().run(bench().programs().stubborn());
        bench().awaitReady(id);
        bench().runtime().remove(id);
        assertThat(bench().runtime().adopt()).isEmpty();
    }

    @Test
    default void twentyContainersAtOnce() {
        List<ContainerConfig> configs = IntStream.range(0, 20)
                .mapToObj(i ->
                        bench().config().arguments(bench().programs().exit(i)).build())
                .toList();
        ExecutorService pool = Executors.newFixedThreadPool(bench().has(RuntimeFeature.REAL_TIME) ? 8 : 1);
        try {
            List<CompletableFuture<Void>> runs = configs.stream()
                    .map(config -> CompletableFuture.runAsync(
                            () -> {
                                bench().runtime().prepare(config);
                                bench().runtime().start(config.id());
                            },
                            pool))
                    .toList();
            runs.forEach(CompletableFuture::join);
            for (int i = 0; i < configs.size(); i++) {
                assertThat(bench().exit(configs.get(i).id()).code()).isEqualTo(i);
            }
            List<CompletableFuture<Void>> removals = configs.stream()
                    .map(config ->
                            CompletableFuture.runAsync(() -> bench().runtime().remove(config.id()), pool))
                    .toList();
            removals.forEach(CompletableFuture::join);
        } finally {
            pool.shutdown();
        }
        assertThat(bench().runtime().adopt()).isEmpty();
    }
}
