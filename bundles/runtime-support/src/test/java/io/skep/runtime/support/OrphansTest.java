package io.skep.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.runtime.Exit;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OrphansTest {
    private static final int COLLECTIONS = 50;

    private final Path dir;
    private final DirectoryWatch watch = new DirectoryWatch("test-orphans");
    private final List<ProcessId> started = new ArrayList<>();
    private final Exits exits;

    OrphansTest(@TempDir Path dir) {
        this.dir = dir;
        exits = new Exits(dir, watch, id -> false, id -> {});
    }

    @AfterEach
    void close() {
        exits.close();
        watch.close();
        started.forEach(ProcessId::kill);
    }

    /** A process that is no child of this one, as monitors are none. */
    private ProcessId foreign() {
        Program.Output output = Program.of(
                        Duration.ofSeconds(10),
                        List.of("/bin/sh", "-c", "sleep 1000 </dev/null >/dev/null 2>&1 & echo $!"))
                .run();
        ProcessId process = ProcessId.of(Long.parseLong(output.text().strip())).orElseThrow();
        started.add(process);
        return process;
    }

    @Test
    void theEndIsNotedOnceMonitorAndProcessAreGone() throws Exception {
        ProcessId monitor = foreign();
        ProcessId process = foreign();
        try (Orphans orphans = new Orphans(exits)) {
            CompletableFuture<Exit> exit = exits.await("bee");
            orphans.watch("bee", Optional.of(process), Optional.of(monitor));
            assertThat(ProcessId.killAll(List.of(monitor), Duration.ofSeconds(20)))
                    .isTrue();
            assertThat(exit).isNotDone();
            process.kill();
            assertThat(exit.get(20, TimeUnit.SECONDS).code()).isEqualTo(Exits.UNKNOWN);
        }
    }

    @Test
    void whatTheMonitorNotedStands() throws Exception {
        ProcessId monitor = foreign();
        try (Orphans orphans = new Orphans(exits)) {
            orphans.watch("bee", Optional.empty(), Optional.of(monitor));
            Files.writeString(dir.resolve("bee"), "3");
            assertThat(ProcessId.killAll(List.of(monitor), Duration.ofSeconds(20)))
                    .isTrue();
            orphans.watch("queen", Optional.empty(), Optional.empty());
            assertThat(exits.await("queen").get(20, TimeUnit.SECONDS).code()).isEqualTo(Exits.UNKNOWN);
            assertThat(exits.await("bee").get(20, TimeUnit.SECONDS).code()).isEqualTo(3);
        }
    }

    /** A container that was removed, whose monitor ends a little later, leaves nothing behind for a namesake. */
    @Test
    void whatIsForgottenIsNotNoted() throws Exception {
        ProcessId monitor = foreign();
        try (Orphans orphans = new Orphans(exits)) {
            orphans.watch("bee", Optional.empty(), Optional.of(monitor));
            orphans.forget("bee");
            assertThat(ProcessId.killAll(List.of(monitor), Duration.ofSeconds(20)))
                    .isTrue();
            orphans.watch("bee", Optional.empty(), Optional.of(foreign()));
            orphans.watch("queen", Optional.empty(), Optional.of(monitor));
            assertThat(exits.await("queen").get(20, TimeUnit.SECONDS).code()).isEqualTo(Exits.UNKNOWN);
            assertThat(exits.recorded()).containsExactly("queen");
        }
    }

    @Test
    void nothingIsHeldOnceItIsClosedThoughTheMonitorRunsOn() throws Exception {
        ReferenceQueue<Orphans> collected = new ReferenceQueue<>();
        Reference<Orphans> reference = closed(collected, foreign());
        @Nullable Reference<?> found = null;
        for (int i = 0; found == null && i < COLLECTIONS; i++) {
            System.gc();
            found = collected.remove(100);
        }
        assertThat(found).isSameAs(reference);
    }

    private Reference<Orphans> closed(ReferenceQueue<Orphans> collected, ProcessId monitor) {
        Orphans orphans = new Orphans(exits);
        orphans.watch("bee", Optional.of(monitor), Optional.of(monitor));
        orphans.close();
        orphans.watch("late", Optional.of(monitor), Optional.of(monitor));
        return new PhantomReference<>(orphans, collected);
    }
}
