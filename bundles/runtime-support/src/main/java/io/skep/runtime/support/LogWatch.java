package io.skep.runtime.support;

import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the log files of the containers that run: has them rotated and wakes who reads along. */
public final class LogWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

    private final DirectoryWatch watch;
    private final Map<String, List<BlockingQueue<Boolean>>> readers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Watches with {@code watch}, which the caller closes. */
    public LogWatch(DirectoryWatch watch) {
        this.watch = watch;
    }

    /** Looks whether something is to be done with log files; called after each change, on the watch's thread alone. */
    @FunctionalInterface
    public interface Check {
        void check() throws IOException;
    }

    /**
     * Begins to look after a container's logs; idempotent.
     *
     * @param current a file of the directory, touched for a first event: what happened before the watch began is seen by it
     */
    public void begin(String id, LogDirectory directory, Path current, Check check) {
        watch.watch(directory.path(), DirectoryWatch.Changes.APPEARS_OR_GROWS, names -> {
            run(id, check);
            wake(id);
        });
        try {
            Files.setLastModifiedTime(current, Files.getLastModifiedTime(current));
        } catch (IOException gone) {
            LOG.debug("The log of {} is gone already: {}", id, gone.getMessage());
        }
    }

    private static void run(String id, Check check) {
        try {
            check.check();
        } catch (IOException e) {
            LOG.warn("The log of container {} cannot be rotated: {}", id, e.getMessage());
        }
    }

    /** The container has ended: nothing more will come. */
    public void end(String id, LogDirectory directory) {
        watch.unwatch(directory.path());
        wake(id);
    }

    private void wake(String id) {
        readers.getOrDefault(id, List.of()).forEach(reader -> reader.offer(true));
    }

    /**
     * Reads a log and, when the query asks for it, what comes until the container ends. Blocks.
     *
     * @param ended tells whether the container has ended
     */
    public void read(String id, LogDirectory directory, LogQuery query, BooleanSupplier ended, LogSink sink) {
        LogReader reader = new LogReader(directory);
        if (!query.follow()) {
            reader.read(query, () -> false, sink);
            return;
        }
        BlockingQueue<Boolean> events = new LinkedBlockingQueue<>();
        readers.merge(id, new CopyOnWriteArrayList<>(List.of(events)), (all, more) -> {
            all.addAll(more);
            return all;
        });
        // One to begin with: the container may have ended before the reader was entered.
        events.add(true);
        try {
            reader.read(query, () -> awaitMore(events, ended), sink);
        } finally {
            readers.computeIfPresent(id, (any, all) -> {
                all.remove(events);
                return all.isEmpty() ? null : all;
            });
        }
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
