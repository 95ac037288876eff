package io.skep.runtime.oci;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.oci.image.RootFilesystems;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.Exits;
import io.skep.runtime.support.ProcessId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Takes a container away, whole or half-done, in an order in which a crash between two steps leaves work that is found again. */
final class Removal {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Engines engines;
    private final RootFilesystems images;
    private final Volumes volumes;
    private final MemoryFiles files;
    private final Exits exits;

    Removal(Engines engines, RootFilesystems images, Volumes volumes, MemoryFiles files, Exits exits) {
        this.engines = engines;
        this.images = images;
        this.volumes = volumes;
        this.files = files;
        this.exits = exits;
    }

    /** Removes a container whose processes have ended. */
    void remove(ContainerDir container, ContainerRecord record) {
        // Without its record it counts as half-done from here on, and adoption goes on with the removal.
        Disk.delete(container.record());
        engine().ifPresentOrElse(
                        engine -> engine.using(Path.of(record.program())).delete(container.id()),
                        () -> new Cgroup(container.id()).remove());
        forget(container);
    }

    /** Removes what a prepare that did not come to its end has left. */
    void clean(ContainerDir container) {
        Disk.delete(container.record());
        Optional<ProcessId> monitor = Engine.monitorOf(container);
        // With all below it: the OCI runtime may be in the middle of making control groups, which are removed next.
        ProcessId.killAll(monitor.stream().toList(), PATIENCE);
        engine().ifPresent(engine -> engine.deleteForcibly(container.id()));
        new Cgroup(container.id()).remove();
        volumes.deleteDrafts(container.id());
        forget(container);
    }

    private void forget(ContainerDir container) {
        images.unmount(container.path());
        files.delete(container.id());
        Disk.deleteTree(container.volumes());
        Disk.deleteOwn(container.path());
        exits.forget(container.id());
    }

    /** Empty when the programs were uninstalled meanwhile: what they kept goes with their next start on an empty state. */
    private Optional<Engine> engine() {
        try {
            return Optional.of(engines.require());
        } catch (SkepException e) {
            if (e.code() == ErrorCode.NOT_INSTALLED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
