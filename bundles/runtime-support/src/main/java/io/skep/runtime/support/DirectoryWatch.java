package io.skep.runtime.support;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when files of a directory appear or grow: inotify on Linux, through the JDK. It is the one thread of a runtime, at the
 * edge to the kernel, and ends with {@link #close()}.
 */
public final class DirectoryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final WatchService service;
    private final Map<Path, Listener> listeners = new ConcurrentHashMap<>();
    private final Map<Path, WatchKey> keys = new ConcurrentHashMap<>();
    private final Thread thread;

    /** Is told of changes, on the watch's thread; returns quickly. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Something changed.
         *
         * @param names the files; empty when the kernel lost count, so that all may have changed
         */
        void changed(List<String> names);
    }

    /** Which changes are told. */
    public enum Changes {
        APPEARS,
        APPEARS_OR_GROWS
    }

    /** Starts the thread. */
    public DirectoryWatch(String threadName) {
        try {
            service = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new SkepException(
                    ErrorCode.EXHAUSTED,
                    "the kernel gives no inotify instance: " + e.getMessage() + "; raise fs.inotify.max_user_instances",
                    e);
        }
        thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /** Tells {@code listener} of every change in {@code dir} from now on; replaces an earlier listener of the directory. */
    public void watch(Path dir, Changes changes, Listener listener) {
        listeners.put(dir, listener);
        try {
            keys.put(dir, register(dir, changes));
        } catch (IOException e) {
            listeners.remove(dir);
            throw new SkepException(
                    ErrorCode.EXHAUSTED,
                    dir + " cannot be watched: " + e.getMessage() + "; raise fs.inotify.max_user_watches",
                    e);
        } catch (ClosedWatchServiceException e) {
            throw new SkepException(ErrorCode.PART_MISSING, "the runtime was stopped; try again when it is back", e);
        }
    }

    private WatchKey register(Path dir, Changes changes) throws IOException {
        return switch (changes) {
            case APPEARS -> dir.register(service, StandardWatchEventKinds.ENTRY_CREATE);
            case APPEARS_OR_GROWS ->
                dir.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        };
    }

    /** Ends what {@link #watch} began; idempotent. */
    public void unwatch(Path dir) {
        listeners.remove(dir);
        WatchKey key = keys.remove(dir);
        if (key != null) {
            key.cancel();
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                List<WatchEvent<?>> events = key.pollEvents();
                key.reset();
                tell((Path) key.watchable(), events);
            }
        } catch (ClosedWatchServiceException | InterruptedException end) {
            listeners.clear();
        }
    }

    private void tell(Path dir, List<WatchEvent<?>> events) {
        Listener listener = listeners.get(dir);
        if (listener == null) {
            return;
        }
        boolean lost = events.stream().anyMatch(event -> event.kind() == StandardWatchEventKinds.OVERFLOW);
        List<String> names = lost
                ? List.of()
                : events.stream()
                        .map(event -> String.valueOf(event.context()))
                        .distinct()
                        .toList();
        try {
            listener.changed(names);
        } catch (RuntimeException e) {
            LOG.error("A change in {} could not be handled; what waits for it is told at the next one", dir, e);
        }
    }

    @Override
    public void close() {
        try {
            service.close();
            if (Thread.currentThread() != thread) {
                thread.join(PATIENCE.toMillis());
            }
        } catch (IOException e) {
            LOG.warn("The watch of directories could not be closed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
