package io.skep.runtime.oci;

import io.skep.api.runtime.Exit;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.DirectoryWatch;
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

/** The exit codes that monitors leave in one directory, and who waits for them. */
final class Exits implements AutoCloseable {
    /** The code of a container that ended while neither a monitor nor the host watched, such as in a power cut. */
    static final int UNKNOWN = 255;

    private final Path dir;
    private final DirectoryWatch watch;
    private final Consumer<ContainerDir> ended;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    private record Waiting(ContainerDir container, CompletableFuture<Exit> exit) {}

    /**
     * Begins to watch.
     *
     * @param ended is told of each awaited container that ended, on the watch's thread or the one that awaits
     */
    Exits(Path dir, DirectoryWatch watch, Consumer<ContainerDir> ended) {
        this.dir = dir;
        this.watch = watch;
        this.ended = ended;
        Disk.directories(dir);
        watch.watch(dir, DirectoryWatch.Changes.APPEARS, this::appeared);
    }

    /** How a container ended, if it has. */
    Optional<Exit> read(ContainerDir container) {
        Path file = dir.resolve(container.id());
        return Disk.readNumber(file).map(code -> {
            boolean outOfMemory = code != 0 && Files.exists(container.outOfMemory());
            return new Exit(code.intValue(), outOfMemory, modified(file));
        });
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException removedMeanwhile) {
            return Instant.EPOCH;
        }
    }

    /** Notes that a container ended unwatched. */
    void recordUnknown(ContainerDir container) {
        Disk.attempt("noting the end of " + container.id(), () -> {
            Path draft = Files.createTempFile(container.path(), "exit-", ".draft");
            Files.writeString(draft, Integer.toString(UNKNOWN));
            return Files.move(draft, dir.resolve(container.id()), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** Completes on the watch's thread, or at once. */
    CompletableFuture<Exit> await(ContainerDir container) {
        Waiting entry =
                waiting.computeIfAbsent(container.id(), id -> new Waiting(container, new CompletableFuture<>()));
        // Looked at after it was entered: an exit in between is seen here or by the watch, or by both.
        complete(container.id());
        return entry.exit();
    }

    /** Tells the listener of the container's end, whether anybody awaits it or not. */
    void supervise(ContainerDir container) {
        waiting.computeIfAbsent(container.id(), id -> new Waiting(container, new CompletableFuture<>()));
        complete(container.id());
    }

    private void appeared(List<String> names) {
        (names.isEmpty() ? List.copyOf(waiting.keySet()) : names).forEach(this::complete);
    }

    private void complete(String id) {
        Waiting entry = waiting.get(id);
        if (entry != null) {
            read(entry.container()).ifPresent(exit -> {
                waiting.remove(id, entry);
                ended.accept(entry.container());
                entry.exit().complete(exit);
            });
        }
    }

    /** Deletes the code of a container that goes away, and fails who still waits for it. */
    void forget(String id) {
        Disk.delete(dir.resolve(id));
        Waiting entry = waiting.remove(id);
        if (entry != null) {
            entry.exit().completeExceptionally(unknown(id));
        }
    }

    /** The ids that have a code. */
    List<String> recorded() {
        return Disk.list(dir).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    static SkepException unknown(String id) {
        return new SkepException(
                ErrorCode.NOT_FOUND, "the OCI runtime has no container " + id + " on this node; prepare it first");
    }

    static SkepException stopped() {
        return new SkepException(
                ErrorCode.PART_MISSING, "the OCI runtime of this node was stopped; ask again when it is back");
    }

    @Override
    public void close() {
        watch.unwatch(dir);
        waiting.values().forEach(entry -> entry.exit().completeExceptionally(stopped()));
        waiting.clear();
    }
}
