package io.skep.runtime.oci;

import static io.skep.contracts.runtime.RuntimeBench.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.Container.State;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.Exit;
import io.skep.contracts.runtime.Programs;
import io.skep.contracts.runtime.RuntimeBench;
import io.skep.model.ErrorCode;
import io.skep.runtime.oci.image.ImageStores;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.Exits;
import io.skep.runtime.support.ProcessId;
import io.skep.runtime.support.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when something is killed, missing or full. */
@Timeout(180)
class RecoveryTest {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private static final String VICTIM = "victim" + ProcessHandle.current().pid();

    private static @Nullable OciLab shared;

    @BeforeAll
    static void openLab(@TempDir Path scratch) throws IOException {
        shared = OciLab.open(scratch);
    }

    /** Whatever a failed test has left would hold the directory. */
    @AfterAll
    static void removeAll() {
        if (shared != null) {
            OciRuntime last = shared.runtime("runc");
            last.adopt().forEach(container -> last.remove(container.id()));
            last.close();
        }
    }

    private static OciLab lab() {
        return Objects.requireNonNull(shared);
    }

    private static RuntimeBench bench() {
        return lab().bench("runc");
    }

    private static ContainerDir dir(String id) {
        return new ContainerDir(lab().root().resolve("containers").resolve(id));
    }

    @Test
    void aKilledVirtualMachineLeavesWholeContainersOrNothing() throws Exception {
        long seed = Long.getLong("skep.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 6; round++) {
            killAfter(2 + random.nextInt(12), random.nextInt(120), round);
            // Its image store knew of containers that this one has not seen yet.
            OciRuntime successor = new OciRuntime(
                    lab().root(), new Engines(lab().root(), "runc", Engines.SEARCHED), ImageStores.open(lab().root()));
            List<Container> adopted = successor.adopt();
            List<String> ids = adopted.stream().map(Container::id).toList();
            assertThat(names(lab().root().resolve("containers"))).containsExactlyElementsOf(ids);
            assertThat(mounts()).hasSameSizeAs(ids);
            // A removal cut short leaves the ended container, and the next removal goes on from there.
            List<Container> live = adopted.stream()
                    .filter(container -> !isEndedByRemoval(container))
                    .toList();
            assertThat(monitors())
                    .as("round %d of the seed %d, %s", round, seed, adopted)
                    .hasSameSizeAs(live);
            for (Container container : live) {
                assertThat(successor.start(container.id()).state()).isEqualTo(State.RUNNING);
            }
            ids.forEach(successor::remove);
            successor.close();
            assertThat(mounts()).isEmpty();
            assertThat(monitors()).isEmpty();
            assertThat(names(lab().root().resolve("state"))).isEmpty();
            assertThat(cgroups(VICTIM)).isEmpty();
        }
    }

    /** Only one that was to be removed may have ended: nothing else ends the command of {@link PrepareForever}. */
    private static boolean isEndedByRemoval(Container container) {
        return container.state() == State.EXITED && PrepareForever.removes(container.id());
    }

    private static void killAfter(int lines, int milliseconds, int round) throws IOException, InterruptedException {
        Process machine = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PrepareForever.class.getName(),
                        lab().root().toString(),
                        VICTIM + "-" + round + "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(machine.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                assertThat(output.readLine()).as("a verb of the victim").isNotNull();
            }
            assertThat(machine.waitFor(milliseconds, TimeUnit.MILLISECONDS))
                    .as("ended by itself")
                    .isFalse();
            machine.destroyForcibly().waitFor();
        }
    }

    private static List<String> names(Path dir) {
        return Disk.list(dir).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }

    private static List<String> mounts() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.filter(line -> line.contains(lab().root().toString())).toList();
        }
    }

    private static List<String> monitors() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line ->
                        line.contains("conmon") && line.contains(lab().root().toString()))
                .toList();
    }

    private static List<Path> cgroups(String prefix) throws IOException {
        try (Stream<Path> groups = Files.find(
                Host.CGROUPS, 4, (path, about) -> path.getFileName().toString().startsWith(prefix))) {
            return groups.toList();
        }
    }

    @Test
    void aContainerWithoutItsMonitorRunsOnAndItsEndIsNoted() {
        try (RuntimeBench bench = bench()) {
            String id = bench.run(bench.programs().forever());
            bench.awaitReady(id);
            Container before = bench.seen(id);
            Engine.monitorOf(dir(id)).orElseThrow().kill();
            assertThat(bench.swap()).containsExactly(before);
            ProcessId process = containerProcess(id);
            process.kill();
            Exit exit = bench.exit(id);
            assertThat(exit.code()).isEqualTo(Exits.UNKNOWN);
            assertThat(bench.seen(id).state()).isEqualTo(State.EXITED);
        }
    }

    @Test
    void theEndOfAContainerIsToldThoughItsMonitorWasKilledMeanwhile() throws Exception {
        try (RuntimeBench bench = bench()) {
            String id = bench.run(bench.programs().forever());
            bench.awaitReady(id);
            ProcessId process = containerProcess(id);
            CompletableFuture<Exit> exit = bench.runtime().await(id).toCompletableFuture();
            ProcessHandle monitor =
                    Engine.monitorOf(dir(id)).flatMap(ProcessId::handle).orElseThrow();
            monitor.destroyForcibly();
            monitor.onExit().get(SHORT.toSeconds(), TimeUnit.SECONDS);
            assertThat(process.alive()).isTrue();
            assertThat(exit).isNotDone();
            process.kill();
            assertThat(exit.get(SHORT.toSeconds(), TimeUnit.SECONDS).code()).isEqualTo(Exits.UNKNOWN);
        }
    }

    @Test
    void theEndOfAContainerIsToldThoughItsMonitorWasKilledWithIt() throws Exception {
        try (RuntimeBench bench = bench()) {
            String id = bench.run(bench.programs().forever());
            bench.awaitReady(id);
            ProcessId process = containerProcess(id);
            CompletableFuture<Exit> exit = bench.runtime().await(id).toCompletableFuture();
            Engine.monitorOf(dir(id)).orElseThrow().kill();
            process.kill();
            assertThat(exit.get(SHORT.toSeconds(), TimeUnit.SECONDS).code()).isEqualTo(Exits.UNKNOWN);
        }
    }

    @Test
    void aContainerWithoutItsMonitorCanBeStopped() {
        try (RuntimeBench bench = bench()) {
            String id = bench.run(bench.programs().stubborn());
            bench.awaitReady(id);
            Engine.monitorOf(dir(id)).orElseThrow().kill();
            bench.runtime().stop(id, Duration.ofMillis(200));
            assertThat(bench.seen(id).state()).isEqualTo(State.EXITED);
        }
    }

    private static ProcessId containerProcess(String id) {
        return Containers.record(dir(id)).flatMap(ContainerRecord::process).orElseThrow();
    }

    @Test
    void aStartThatWasNotNotedIsFound() throws IOException {
        try (RuntimeBench bench = bench()) {
            String id = bench.run(bench.programs().forever());
            bench.awaitReady(id);
            Files.delete(dir(id).started());
            List<Container> adopted = bench.swap();
            assertThat(adopted).extracting(Container::state).containsExactly(State.RUNNING);
            assertThat(adopted.get(0).startedAt()).isPresent();
        }
    }

    @Test
    void anUnfinishedRemovalIsGoneOnWith() throws IOException {
        try (RuntimeBench bench = bench()) {
            String id = bench.run(bench.programs().forever());
            bench.awaitReady(id);
            Files.delete(dir(id).record());
            assertThat(bench.swap()).isEmpty();
            assertThat(dir(id).path()).doesNotExist();
            assertThat(monitors()).isEmpty();
            assertThat(mounts()).isEmpty();
        }
    }

    @Test
    void missingProgramsAreNamedWithTheRemedy() {
        Engines none = new Engines(lab().root(), "auto", List.of(Path.of("/no/such/dir")));
        try (RuntimeBench bench = lab().bench(() -> new OciRuntime(lab().root(), none, lab().images()))) {
            assertThat(bench.runtime().info().problem())
                    .hasValueSatisfying(problem ->
                            assertThat(problem).contains("apt-get install").contains("conmon"));
            assertThat(bench.runtime().adopt()).isEmpty();
            assertFails(ErrorCode.NOT_INSTALLED, () -> bench.runtime()
                    .prepare(bench.config().build()));
        }
    }

    @Test
    void aFullDiskIsNamedAndNothingIsLeft(@TempDir Path disk) throws IOException {
        run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
        try {
            OciLab small = OciLab.open(disk);
            try (RuntimeBench bench = small.bench("runc")) {
                ContainerConfig config =
                        bench.config().arguments(bench.programs().exit(0)).build();
                run("sh", "-c", "cat /dev/zero > \"$1\"/filler 2>/dev/null; true", "sh", disk.toString());
                assertFails(ErrorCode.EXHAUSTED, () -> bench.runtime().prepare(config));
                assertThat(bench.runtime().adopt()).isEmpty();
                assertThat(names(small.root().resolve("containers"))).isEmpty();
                Files.delete(disk.resolve("filler"));
                bench.runtime().prepare(config);
                bench.runtime().start(config.id());
                assertThat(bench.exit(config.id()).code()).isZero();
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void joinsANetworkNamespaceAndKnowsItsNames() {
        String namespace = "skep-rt-" + ProcessHandle.current().pid();
        run("ip", "netns", "add", namespace);
        try (RuntimeBench bench = bench()) {
            ContainerConfig plain = bench.config()
                    .arguments(Programs.shell("ls /sys/class/net; cat /etc/resolv.conf /etc/hosts"))
                    .build();
            ContainerConfig joined = Networked.in(plain, Path.of("/run/netns/" + namespace));
            bench.runtime().prepare(joined);
            bench.runtime().start(plain.id());
            bench.exit(plain.id());
            assertThat(bench.output(plain.id()))
                    .containsExactly(
                            "lo",
                            "nameserver 10.1.2.3",
                            "search hive.internal",
                            "options ndots:0",
                            "127.0.0.1\tlocalhost",
                            "::1\tlocalhost ip6-localhost ip6-loopback",
                            "10.0.0.9\tqueen");
            ContainerConfig nowhere = Networked.in(bench.config().build(), Path.of("/run/netns/no-such"));
            assertFails(ErrorCode.INVALID_ARGUMENT, () -> bench.runtime().prepare(nowhere));
        } finally {
            run("ip", "netns", "delete", namespace);
        }
    }

    @Test
    void privilegesAreConfined() {
        try (RuntimeBench bench = bench()) {
            assertThat(bench.outputOf(bench.config()
                            .arguments(Programs.shell(
                                    "grep -E '^(NoNewPrivs|CapEff|Seccomp):' /proc/self/status | tr -d '\\t';"
                                            + " mount -t tmpfs none /tmp 2>/dev/null || echo no mount;"
                                            + " unshare -U true 2>/dev/null || echo no namespace;"
                                            + " (echo x > /proc/sys/kernel/hostname) 2>/dev/null || echo no sysctl;"
                                            + " ls /proc/acpi /sys/firmware | wc -w"))))
                    .containsExactly(
                            "CapEff:00000000a80425fb",
                            "NoNewPrivs:1",
                            "Seccomp:2",
                            "no mount",
                            "no namespace",
                            "no sysctl",
                            "2");
        }
    }

    private static void run(String... argv) {
        Program.Output output = Program.of(SHORT, List.of(argv)).run();
        assertThat(output.ok()).as(output.text()).isTrue();
    }
}
