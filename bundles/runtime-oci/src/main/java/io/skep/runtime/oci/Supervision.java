package io.skep.runtime.oci;

import io.skep.runtime.support.DirectoryWatch;
import io.skep.runtime.support.Exits;
import io.skep.runtime.support.LogWatch;
import io.skep.runtime.support.Orphans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is watched of containers that have not ended: their logs, their exit codes, and their end should the monitor not tell of it. */
final class Supervision implements AutoCloseable {
    private final Path homes;
    private final DirectoryWatch watch;
    private final LogWatch logs;
    private final GroupWatch groups;
    private final Exits exits;
    private final Orphans orphans;

    /**
     * Starts the thread of the watch.
     *
     * @param homes the directory of the containers
     * @param codes the directory in which monitors leave exit codes
     */
    Supervision(Path homes, Path codes) {
        this.homes = homes;
        watch = new DirectoryWatch("runtime-oci");
        logs = new LogWatch(watch);
        groups = new GroupWatch(watch);
        exits = new Exits(codes, watch, id -> Files.exists(container(id).outOfMemory()), this::ended);
        orphans = new Orphans(exits);
    }

    Exits exits() {
        return exits;
    }

    LogWatch logs() {
        return logs;
    }

    static LogRotation rotation(ContainerDir container, ContainerRecord record) {
        return new LogRotation(container, record.logs());
    }

    private ContainerDir container(String id) {
        return new ContainerDir(homes.resolve(id));
    }

    /** Begins to watch a container; idempotent. */
    void begin(ContainerDir container, ContainerRecord record) {
        LogRotation rotation = rotation(container, record);
        logs.begin(container.id(), container.logs(), rotation.current(), rotation::check);
        // What an empty group leaves to be known is only whether there is a monitor that will note how it ended.
        boolean told =
                groups.begin(container.id(), () -> orphans.watch(container.id(), Optional.empty(), record.monitor()));
        if (!told) {
            orphans.watch(container.id(), record.process(), record.monitor());
        }
        exits.supervise(container.id());
    }

    /** Called once the monitor has written all: names its last file, which the watch may not have seen yet. */
    private void ended(String id) {
        ContainerDir container = container(id);
        end(container);
        Containers.record(container)
                .ifPresent(record -> rotation(container, record).end());
    }

    /** Ends the watch over a container; idempotent. */
    void end(ContainerDir container) {
        logs.end(container.id(), container.logs());
        groups.end(container.id());
        orphans.forget(container.id());
    }

    @Override
    public void close() {
        exits.close();
        logs.close();
        orphans.close();
        groups.close();
        watch.close();
    }
}
