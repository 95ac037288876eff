package io.skep.contracts.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.Exit;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The contract, kept by the simulation, and what a simulation can do besides. */
class SimulatedRuntimeTest extends ContainerRuntimeContract {
    private final SimulatedHost host = new SimulatedHost();
    private final ManualScope.Clock clock = new ManualScope.Clock();
    private ManualScope scope = new ManualScope(clock);

    @Override
    protected RuntimeBench open() {
        return new RuntimeBench(
                () -> {
                    scope = new ManualScope(clock);
                    return new SimulatedRuntime(host, scope);
                },
                runtime -> ((SimulatedRuntime) runtime).close(),
                new RuntimeBench.Settings(
                        "any",
                        SimulatedProgram.PROGRAMS,
                        EnumSet.noneOf(RuntimeFeature.class),
                        () -> scope.pass(Duration.ofSeconds(1))));
    }

    @Test
    void endsInVirtualTimeAlsoUnderASuccessor() {
        String id = bench().run(List.of("exit", "6", "after", "PT10S"));
        CompletableFuture<Exit> exit = bench().runtime().await(id).toCompletableFuture();
        scope.pass(Duration.ofSeconds(9));
        assertThat(exit).isNotDone();
        bench().swap();
        CompletableFuture<Exit> again = bench().runtime().await(id).toCompletableFuture();
        scope.pass(Duration.ofSeconds(1));
        assertThat(again).isCompletedWithValueMatching(how -> how.code() == 6);
    }

    @Test
    void crashesVanishesAndFailsOnDemand() {
        String crashed = bench().run(List.of("run"));
        String gone = bench().run(List.of("run"));
        CompletableFuture<Exit> exit = bench().runtime().await(crashed).toCompletableFuture();
        host.crash(crashed, 139, scope.now());
        host.vanish(gone);
        scope.pass(Duration.ZERO);
        assertThat(exit).isCompletedWithValueMatching(how -> how.code() == 139);
        assertThat(bench().runtime().adopt()).extracting(Container::id).containsExactly(crashed);
        host.failNext("prepare", new SkepException(ErrorCode.EXHAUSTED, "the disk is full; free space"));
        RuntimeBench.assertFails(ErrorCode.EXHAUSTED, () -> bench().runtime()
                .prepare(bench().config().build()));
    }
}
