package io.skep.runtime.oci;

import io.skep.runtime.support.DirectoryWatch;
import io.skep.runtime.support.Disk;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when the last process of a container has gone, by the kernel's word on its control group (cgroups(7), populated). */
final class GroupWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWatch.class);
    private static final String EVENTS = "cgroup.events";

    private final DirectoryWatch watch;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();

    /** A group and its file of events, kept open: the kernel tells of a change only while it has the file in memory. */
    private record Group(Path path, SeekableByteChannel events) {}

    /** Watches with {@code watch}, which the caller closes. */
    GroupWatch(DirectoryWatch watch) {
        this.watch = watch;
    }

    /**
     * Begins to watch; idempotent.
     *
     * @param empty called on the watch's thread, or at once, perhaps more than once
     * @return false when the container has no control group of version 2, which alone tells
     */
    boolean begin(String id, Runnable empty) {
        Optional<Path> path = new Cgroup(id).telling(EVENTS);
        if (path.isEmpty() || !keepOpen(id, path.get())) {
            return false;
        }
        Path events = path.get().resolve(EVENTS);
        watch.watch(path.get(), DirectoryWatch.Changes.APPEARS_OR_GROWS, names -> look(events, empty));
        // It may have become empty before it was watched.
        look(events, empty);
        return true;
    }

    private boolean keepOpen(String id, Path path) {
        try {
            SeekableByteChannel events = Files.newByteChannel(path.resolve(EVENTS));
            if (groups.putIfAbsent(id, new Group(path, events)) != null) {
                events.close();
            }
            return true;
        } catch (IOException e) {
            LOG.debug("The control group of container {} cannot be watched: {}", id, e.getMessage());
            return false;
        }
    }

    private static void look(Path events, Runnable empty) {
        if (Disk.read(events).filter(text -> text.contains("populated 0")).isPresent()) {
            empty.run();
        }
    }

    /** Ends what {@link #begin} began; idempotent. */
    void end(String id) {
        Group group = groups.remove(id);
        if (group == null) {
            return;
        }
        watch.unwatch(group.path());
        try {
            group.events().close();
        } catch (IOException e) {
            LOG.debug("The control group of container {} could not be let go: {}", id, e.getMessage());
        }
    }

    @Override
    public void close() {
        groups.keySet().forEach(this::end);
    }
}
