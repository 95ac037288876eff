package io.skep.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import io.skep.contracts.runtime.Programs;
import io.skep.contracts.runtime.RuntimeBench;
import io.skep.model.Mount;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Output as fast as conmon takes it, over many rotations. */
@Timeout(120)
class LogLoadTest {
    private static final int LINES = 400_000;

    private static @Nullable OciLab lab;

    @BeforeAll
    static void openLab(@TempDir Path scratch) throws IOException {
        lab = OciLab.open(scratch);
    }

    @Test
    void noLineIsLostWhileFilesAreKept() {
        try (RuntimeBench bench = Objects.requireNonNull(lab).bench("runc")) {
            String id = bench.run(
                    bench.config().arguments(Programs.shell("seq 1 " + LINES)).logs(256 << 10, 1000));
            bench.exit(id);
            assertCounts(bench, id, LogQuery.ALL, LINES);
        }
    }

    @Test
    void whoReadsAlongMissesNothing() {
        try (RuntimeBench bench = Objects.requireNonNull(lab).bench("runc")) {
            String id = bench.run(bench.config()
                    .arguments(
                            Programs.shell("for i in 0 1 2 3 4 5 6 7 8 9; do seq ${i}0001 ${i}9999; sleep 0.05; done"))
                    .logs(64 << 10, 1000));
            LogQuery follow = new LogQuery(OptionalInt.empty(), Optional.empty(), true);
            assertThat(bench.lines(id, follow)).hasSize(10 * 9999);
        }
    }

    @Test
    void theLastFileIsReadEvenIfNobodyHasNamedIt() {
        OciLab host = Objects.requireNonNull(lab);
        try (RuntimeBench bench = host.bench("runc")) {
            String id = bench.run(bench.config().arguments(Programs.shell("echo the last line")));
            bench.exit(id);
            for (Path file : Disk.list(host.root().resolve("containers/" + id + "/logs"))) {
                if (!file.endsWith("current")) {
                    Disk.delete(file);
                }
            }
            assertThat(bench.output(id)).containsExactly("the last line");
        }
    }

    @Test
    void whileNobodyRotatesTheDiskIsBounded(@TempDir Path shared) throws IOException {
        OciLab host = Objects.requireNonNull(lab);
        Path fifo = shared.resolve("done");
        Program.of(Duration.ofSeconds(10), List.of("mkfifo", fifo.toString())).run();
        try (RuntimeBench bench = host.bench("runc")) {
            String id = bench.run(bench.config()
                    .mounts(new Mount(Mount.Type.BIND, shared.toString(), "/shared", false, 0, 0))
                    .arguments(Programs.shell("seq 1 " + LINES + "; echo done > /shared/done; exec sleep 1000"))
                    .logs(64 << 10, 2));
            bench.deactivate();
            assertThat(Files.readString(fifo)).isEqualTo("done\n");
            long bytes = 0;
            for (Path file : Disk.list(host.root().resolve("containers/" + id + "/logs"))) {
                bytes += Files.size(file);
            }
            assertThat(bytes).as("of some 16 MB printed").isLessThan(16 * (64 << 10));
        }
    }

    private static void assertCounts(RuntimeBench bench, String id, LogQuery query, int lines) {
        int[] next = {1};
        bench.runtime().logs(id, query, line -> {
            assertThat(line.stream()).isEqualTo(LogLine.Stream.STDOUT);
            assertThat(Integer.parseInt(line.text())).isEqualTo(next[0]++);
            return true;
        });
        assertThat(next[0] - 1).isEqualTo(lines);
    }
}
