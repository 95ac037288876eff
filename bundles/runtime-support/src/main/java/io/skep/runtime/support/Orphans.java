package io.skep.runtime.support;

import io.skep.model.SkepException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the end of processes whose monitor was killed. Nothing but the JDK's own watch of foreign processes tells of one in
 * general: a thread of the JDK for each, which looks from time to time. What the JDK keeps until then is of the JDK alone once
 * this is closed: no class loader stays.
 */
public final class Orphans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private final Exits exits;
    /** By id, what ends each watch. */
    private final Map<String, CompletableFuture<Void>> watched = new ConcurrentHashMap<>();

    private volatile boolean closed;

    public Orphans(Exits exits) {
        this.exits = exits;
    }

    /**
     * Notes that a container has ended once both its monitor and its process are gone and the monitor has left no exit code;
     * idempotent, non-blocking.
     */
    public void watch(String id, Optional<ProcessId> process, Optional<ProcessId> monitor) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        if (watched.putIfAbsent(id, over) == null) {
            // One after the other: as long as there is a monitor nobody needs to watch the process.
            afterEnd(monitor, over, () -> afterEnd(process, over, () -> note(id, over)));
        }
        if (closed) {
            forget(id);
        }
    }

    /** Ends what {@link #watch} began: the end is known, or the container is removed. */
    public void forget(String id) {
        CompletableFuture<Void> over = watched.remove(id);
        if (over != null) {
            over.complete(null);
        }
    }

    private void afterEnd(Optional<ProcessId> process, CompletableFuture<Void> over, Runnable next) {
        CompletableFuture<?> end = process.flatMap(ProcessId::handle)
                .<CompletableFuture<?>>map(ProcessHandle::onExit)
                .orElse(CompletableFuture.completedFuture(null));
        // Not used: it has no result, and its failure is logged within.
        CompletableFuture<Void> unused = CompletableFuture.anyOf(end, over).thenRun(() -> {
            if (!over.isDone()) {
                next.run();
            }
        });
    }

    private void note(String id, CompletableFuture<Void> over) {
        try {
            if (watched.remove(id, over) && exits.read(id).isEmpty()) {
                LOG.warn("Container {} ended after its monitor: how is unknown", id);
                exits.recordUnknown(id);
            }
        } catch (SkepException e) {
            LOG.error("Container {} ended without a monitor, which cannot be noted", id, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        watched.keySet().forEach(this::forget);
    }
}
