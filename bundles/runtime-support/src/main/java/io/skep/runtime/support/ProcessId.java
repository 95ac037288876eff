package io.skep.runtime.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process of this host that cannot be mistaken for a later one with the same number.
 *
 * @param pid its number
 * @param startTicks when it began, in clock ticks since the boot (proc(5), {@code stat} field 22)
 * @param boot the kernel's id of the boot
 */
public record ProcessId(long pid, long startTicks, String boot) {
    private static final Path PROC = Path.of("/proc");
    private static final int START_TICKS = 22;

    /** The process that has this number now; empty when none has, or only a zombie. */
    public static Optional<ProcessId> of(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The second field is the program's name in parentheses and may hold blanks and parentheses itself.
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            char state = afterName[0].charAt(0);
            if (state == 'Z' || state == 'X') {
                return Optional.empty();
            }
            return Optional.of(new ProcessId(pid, Long.parseLong(afterName[START_TICKS - 3]), currentBoot()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** True while this very process runs. */
    public boolean alive() {
        return of(pid).equals(Optional.of(this));
    }

    /** Sends SIGKILL, when it still runs. Non-blocking. */
    public void kill() {
        handle().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Sends SIGTERM, when it still runs. Non-blocking. */
    public void terminate() {
        handle().ifPresent(ProcessHandle::destroy);
    }

    /**
     * Kills processes and all that descend from them, and waits for their end. Blocks; the JDK looks three times a second after
     * processes that are not its children.
     *
     * @return false when one is still there after {@code patience}, or the wait was interrupted
     */
    public static boolean killAll(Collection<ProcessId> roots, Duration patience) {
        List<ProcessHandle> all = roots.stream()
                .flatMap(root -> root.handle().stream())
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture<?>[] ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException stillThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A handle that compares the start time itself before it signals; empty when the process is gone. */
    public Optional<ProcessHandle> handle() {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        return alive() ? handle : Optional.empty();
    }

    private static String currentBoot() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }
}
