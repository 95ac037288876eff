package io.skep.runtime.oci;

import io.skep.runtime.support.DirectoryWatch;
import io.skep.runtime.support.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the log files of the containers that run: rotates them and wakes who reads along. */
final class LogWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

    private final DirectoryWatch watch;
    private final Map<String, List<BlockingQueue<Boolean>>> readers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    LogWatch(DirectoryWatch watch) {
        this.watch = watch;
    }

    /** Begins to look after a container's logs; idempotent. */
    void begin(ContainerDir container, LogRotation rotation) {
        watch.watch(container.logs(), DirectoryWatch.Changes.APPEARS_OR_GROWS, names -> {
            check(container, rotation);
            wake(container.id());
        });
        try {
            // An event to begin with, for what happened before the watch: rotation belongs to the watch's thread alone.
            Files.setLastModifiedTime(rotation.current(), Files.getLastModifiedTime(rotation.current()));
        } catch (IOException gone) {
            LOG.debug("The log of {} is gone already: {}", container.id(), gone.getMessage());
        }
    }

    private static void check(ContainerDir container, LogRotation rotation) {
        try {
            rotation.check();
        } catch (IOException e) {
            LOG.warn("The log of container {} cannot be rotated: {}", container.id(), e.getMessage());
        }
    }

    /** The container has ended: nothing more will come. */
    void end(ContainerDir container) {
        watch.unwatch(container.logs());
        wake(container.id());
    }

    private void wake(String id) {
        readers.getOrDefault(id, List.of()).forEach(reader -> reader.offer(true));
    }

    /**
     * Reads a log with {@code reading}, which may wait for more.
     *
     * @param ended tells whether the container has ended
     */
    void follow(ContainerDir container, BooleanSupplier ended, Reading reading) {
        BlockingQueue<Boolean> events = new LinkedBlockingQueue<>();
        readers.merge(container.id(), new CopyOnWriteArrayList<>(List.of(events)), (all, more) -> {
            all.addAll(more);
            return all;
        });
        // One to begin with: the container may have ended before the reader was entered.
        events.add(true);
        try {
            reading.read(() -> awaitMore(events, ended));
        } finally {
            readers.computeIfPresent(container.id(), (id, all) -> {
                all.remove(events);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Reads and waits in turn. */
    @FunctionalInterface
    interface Reading {
        void read(LogReader.Follow follow);
    }

    private boolean awaitMore(BlockingQueue<Boolean> events, BooleanSupplier ended) {
        try {
            events.take();
            events.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Exits.stopped();
        }
        if (closed) {
            throw Exits.stopped();
        }
        return !ended.getAsBoolean();
    }

    @Override
    public void close() {
        closed = true;
        readers.keySet().forEach(this::wake);
    }
}
