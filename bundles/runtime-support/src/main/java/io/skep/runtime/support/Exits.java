package io.skep.runtime.support;

import io.skep.api.runtime.Exit;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The exit codes that the monitors of containers leave in one directory, a file named after each id, and who waits for them. */
public final class Exits implements AutoCloseable {
    /** The code of a container that ended while neither a monitor nor the host watched, such as in a power cut. */
    public static final int UNKNOWN = 255;

    private final Path dir;
    private final DirectoryWatch watch;
    private final Predicate<String> outOfMemory;
    private final Consumer<String> ended;
    private final Map<String, CompletableFuture<Exit>> waiting = new ConcurrentHashMap<>();

    /**
     * Begins to watch.
     *
     * @param outOfMemory tells whether the kernel killed a process of a container for its memory limit
     * @param ended is told of each supervised container that ended, on the watch's thread or the one that asks
     */
    public Exits(Path dir, DirectoryWatch watch, Predicate<String> outOfMemory, Consumer<String> ended) {
        this.dir = dir;
        this.watch = watch;
        this.outOfMemory = outOfMemory;
        this.ended = ended;
        Disk.directories(dir);
        watch.watch(dir, DirectoryWatch.Changes.APPEARS, this::appeared);
    }

    /** How a container ended, if it has. */
    public Optional<Exit> read(String id) {
        Path file = dir.resolve(id);
        return Disk.readNumber(file)
                .map(code -> new Exit(code.intValue(), code != 0 && outOfMemory.test(id), modified(file)));
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException removedMeanwhile) {
            return Instant.EPOCH;
        }
    }

    /** Notes that a container ended while nobody watched. */
    public void recordUnknown(String id) {
        Disk.attempt("noting the end of " + id, () -> {
            Path draft = Files.createTempFile(dir, ".exit-", ".draft");
            Files.writeString(draft, Integer.toString(UNKNOWN));
            return Files.move(draft, dir.resolve(id), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** Completes on the watch's thread, or at once. */
    public CompletableFuture<Exit> await(String id) {
        CompletableFuture<Exit> exit = waiting.computeIfAbsent(id, any -> new CompletableFuture<>());
        // Looked at after it was entered: an exit in between is seen here or by the watch, or by both.
        complete(id);
        return exit;
    }

    /** Sees to it that the listener is told of a container's end, whether anybody awaits it or not. */
    public void supervise(String id) {
        waiting.computeIfAbsent(id, any -> new CompletableFuture<>());
        complete(id);
    }

    private void appeared(List<String> names) {
        (names.isEmpty() ? List.copyOf(waiting.keySet()) : names).forEach(this::complete);
    }

    private void complete(String id) {
        CompletableFuture<Exit> exit = waiting.get(id);
        if (exit != null) {
            read(id).ifPresent(how -> {
                waiting.remove(id, exit);
                ended.accept(id);
                exit.complete(how);
            });
        }
    }

    /** Deletes the code of a container that goes away, and fails who still waits for it. */
    public void forget(String id) {
        Disk.delete(dir.resolve(id));
        CompletableFuture<Exit> exit = waiting.remove(id);
        if (exit != null) {
            exit.completeExceptionally(unknown(id));
        }
    }

    /** The ids that have a code. */
    public List<String> recorded() {
        return Disk.list(dir).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** The error for a container that is not there. */
    public static SkepException unknown(String id) {
        return new SkepException(
                ErrorCode.NOT_FOUND, "the runtime has no container " + id + " on this node; prepare it first");
    }

    /** The error for calls that end because the runtime does. */
    public static SkepException stopped() {
        return new SkepException(
                ErrorCode.PART_MISSING, "the container runtime of this node was stopped; ask again when it is back");
    }

    @Override
    public void close() {
        watch.unwatch(dir);
        waiting.values().forEach(exit -> exit.completeExceptionally(stopped()));
        waiting.clear();
    }
}
