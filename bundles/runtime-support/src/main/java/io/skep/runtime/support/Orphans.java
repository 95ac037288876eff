package io.skep.runtime.support;

import io.skep.model.SkepException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the end of processes whose monitor was killed. Nothing but the JDK's own watch of foreign processes tells of it, which
 * looks from time to time. What it keeps until then is of the JDK alone once this is closed: no class loader stays.
 */
public final class Orphans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private final Exits exits;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();

    public Orphans(Exits exits) {
        this.exits = exits;
    }

    /** Begins to watch a container's process if its monitor is gone; idempotent, non-blocking. */
    public void watch(String id, Optional<ProcessId> process, Optional<ProcessId> monitor) {
        boolean monitored = monitor.filter(ProcessId::alive).isPresent();
        if (!monitored && watched.add(id)) {
            CompletableFuture<?> end = process.flatMap(ProcessId::handle)
                    .<CompletableFuture<?>>map(ProcessHandle::onExit)
                    .orElse(CompletableFuture.completedFuture(null));
            // Not used: it has no result, and its failure is logged within.
            CompletableFuture<Void> unused =
                    CompletableFuture.anyOf(end, closing).thenRun(() -> note(id));
        }
    }

    private void note(String id) {
        watched.remove(id);
        try {
            if (!closing.isDone() && exits.read(id).isEmpty()) {
                exits.recordUnknown(id);
            }
        } catch (SkepException e) {
            LOG.error("Container {} ended without a monitor, which cannot be noted", id, e);
        }
    }

    @Override
    public void close() {
        closing.complete(null);
    }
}
