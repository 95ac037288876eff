package io.skep.runtime.process;

import static io.skep.contracts.runtime.RuntimeBench.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.Container.State;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerConfig.Limits;
import io.skep.api.runtime.Exit;
import io.skep.contracts.runtime.Programs;
import io.skep.contracts.runtime.RuntimeBench;
import io.skep.contracts.runtime.RuntimeFeature;
import io.skep.model.ErrorCode;
import io.skep.model.Mount;
import io.skep.runtime.support.Exits;
import io.skep.runtime.support.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the supervisor does besides the contract, and what a process is refused. */
@Timeout(60)
class SupervisorTest {
    private final Path root;
    private final RuntimeBench bench;

    SupervisorTest(@TempDir Path root) {
        this.root = root;
        bench = new RuntimeBench(
                () -> new ProcessRuntime(root),
                runtime -> ((ProcessRuntime) runtime).close(),
                new RuntimeBench.Settings("none", Programs.SHELL, EnumSet.of(RuntimeFeature.PROGRAMS), () -> {}));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Home home(String id) {
        return new Home(root.resolve("containers").resolve(id));
    }

    @Test
    void aProcessWithoutItsSupervisorRunsOnAndItsEndIsNoted() {
        String id = bench.run(bench.programs().forever());
        bench.awaitReady(id);
        home(id).supervisor().orElseThrow().kill();
        assertThat(bench.swap().get(0).state()).isEqualTo(State.RUNNING);
        home(id).process().orElseThrow().kill();
        assertThat(bench.exit(id).code()).isEqualTo(Exits.UNKNOWN);
    }

    @Test
    void theEndOfAProcessIsToldThoughItsSupervisorWasKilledMeanwhile() throws Exception {
        String id = bench.run(bench.programs().forever());
        bench.awaitReady(id);
        CompletableFuture<Exit> exit = bench.runtime().await(id).toCompletableFuture();
        home(id).supervisor().orElseThrow().kill();
        home(id).process().orElseThrow().kill();
        assertThat(exit.get(20, TimeUnit.SECONDS).code()).isEqualTo(Exits.UNKNOWN);
    }

    @Test
    void theChildrenEndWithTheProcess() {
        String id = bench.run(Programs.shell("sleep 1000 & echo $!; trap '' TERM; echo ready; wait"));
        bench.awaitReady(id);
        long child = Long.parseLong(bench.output(id).get(0));
        ProcessId sleeper = ProcessId.of(child).orElseThrow();
        bench.runtime().stop(id, Duration.ZERO);
        sleeper.handle()
                .ifPresent(handle ->
                        handle.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        assertThat(sleeper.alive()).isFalse();
    }

    @Test
    void aHalfPreparedProcessIsRemoved() throws IOException {
        Files.createDirectories(home("half").path().resolve("logs"));
        assertThat(bench.swap()).isEmpty();
        assertThat(home("half").path()).doesNotExist();
    }

    @Test
    void whatOnlyAContainerHasIsRefused() {
        refused(bench.config().user("bee").arguments(List.of("true")).build());
        refused(bench.config().readOnly().arguments(List.of("true")).build());
        refused(bench.config()
                .limits(new Limits(0, 1 << 20, 0))
                .arguments(List.of("true"))
                .build());
        refused(bench.config()
                .mounts(new Mount(Mount.Type.TMPFS, "", "/x", false, 0, 0))
                .arguments(List.of("true"))
                .build());
        refused(bench.config().build());
    }

    private void refused(ContainerConfig config) {
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> bench.runtime().prepare(config));
    }
}
