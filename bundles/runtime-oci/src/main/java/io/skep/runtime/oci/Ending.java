package io.skep.runtime.oci;

import io.skep.api.runtime.Exit;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.Exits;
import io.skep.runtime.support.ProcessId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings containers to their end, and notices the end of those whose monitor was killed. */
final class Ending implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final Duration KILLED = Duration.ofSeconds(15);

    private final Engines engines;
    private final Exits exits;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final Set<String> orphans = ConcurrentHashMap.newKeySet();

    Ending(Engines engines, Exits exits) {
        this.engines = engines;
        this.exits = exits;
    }

    /** Sends the stop signal, waits for the grace period, then kills. */
    void stop(ContainerDir container, ContainerRecord record, Duration grace) {
        if (record.stopSignal().equals("SIGTERM")) {
            record.process().ifPresent(ProcessId::terminate);
        } else if (!engines.of(record).signal(container.id(), record.stopSignal())) {
            // An unknown signal or a process that has just gone: the kill settles both.
            kill(container, record);
            return;
        }
        if (!ended(container, grace)) {
            kill(container, record);
        }
    }

    /** Kills the first process, and with it all in its namespace, and waits until the monitor noted it. */
    void kill(ContainerDir container, ContainerRecord record) {
        watch(container, record);
        record.process().ifPresent(ProcessId::kill);
        if (!ended(container, KILLED)) {
            throw new SkepException(
                    ErrorCode.TIMED_OUT,
                    "the container " + container.id() + " did not end " + KILLED.toSeconds()
                            + " s after it was killed; its process may hang in the kernel");
        }
    }

    private boolean ended(ContainerDir container, Duration within) {
        CompletableFuture<Exit> exit = exits.await(container.id());
        try {
            exit.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw Exits.stopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Exits.stopped();
        }
    }

    /**
     * Sees to it that the end of a container without a monitor is noted. Nothing but the JDK's own watch of foreign processes
     * tells, which looks from time to time. What it keeps until then is of the JDK alone once this is closed.
     */
    void watch(ContainerDir container, ContainerRecord record) {
        boolean watched = record.monitor().filter(ProcessId::alive).isPresent();
        if (!watched && orphans.add(container.id())) {
            CompletableFuture<?> end = record.process()
                    .flatMap(ProcessId::handle)
                    .<CompletableFuture<?>>map(ProcessHandle::onExit)
                    .orElse(CompletableFuture.completedFuture(null));
            // Not used: it has no result, and its failure is logged within.
            CompletableFuture<Void> unused =
                    CompletableFuture.anyOf(end, closing).thenRun(() -> note(container));
        }
    }

    private void note(ContainerDir container) {
        orphans.remove(container.id());
        try {
            if (!closing.isDone() && exits.read(container.id()).isEmpty()) {
                exits.recordUnknown(container.id());
            }
        } catch (SkepException e) {
            LOG.error("Container {} ended without a monitor, which cannot be noted", container.id(), e);
        }
    }

    @Override
    public void close() {
        closing.complete(null);
    }
}
