package io.skep.runtime.oci;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.Exit;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.Exits;
import io.skep.runtime.support.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads from disk and kernel what each container is doing: there is no other state, so that a restart loses nothing. */
final class Containers {
    private final Path dir;
    private final Exits exits;

    Containers(Path dir, Exits exits) {
        this.dir = dir;
        this.exits = exits;
        Disk.directories(dir);
    }

    ContainerDir of(String id) {
        return new ContainerDir(dir.resolve(id));
    }

    /** Every container that has a directory, whole or half-done. */
    List<ContainerDir> all() {
        return Disk.list(dir).stream().map(ContainerDir::new).toList();
    }

    /** What is remembered of a container; empty when it was not prepared to the end. */
    static Optional<ContainerRecord> record(ContainerDir container) {
        return Disk.readJson(container.record()).map(ContainerRecord::fromJson);
    }

    /** The record of a container that must exist. */
    ContainerRecord require(ContainerDir container) {
        return record(container).orElseThrow(() -> Exits.unknown(container.id()));
    }

    /** The container as it is now. */
    Container inspect(ContainerDir container, ContainerRecord record) {
        Optional<Exit> exit = exits.read(container.id());
        if (exit.isEmpty() && lost(record)) {
            exit = exits.read(container.id()).or(() -> recordLost(container));
        }
        Optional<Instant> startedAt = startedAt(container);
        Container.State state = startedAt.isPresent() ? Container.State.RUNNING : Container.State.PREPARED;
        OptionalInt pid = record.process()
                .map(process -> OptionalInt.of((int) process.pid()))
                .orElse(OptionalInt.empty());
        return new Container(
                container.id(),
                record.labels(),
                exit.isPresent() ? Container.State.EXITED : state,
                exit.isPresent() ? OptionalInt.empty() : pid,
                startedAt,
                exit);
    }

    /** Nobody is left who could tell how it ended: both the process and its monitor are gone. */
    private static boolean lost(ContainerRecord record) {
        boolean watched = record.monitor().filter(ProcessId::alive).isPresent();
        return !watched && record.process().filter(ProcessId::alive).isEmpty();
    }

    private Optional<Exit> recordLost(ContainerDir container) {
        exits.recordUnknown(container.id());
        return exits.read(container.id());
    }

    private static Optional<Instant> startedAt(ContainerDir container) {
        try {
            return Optional.of(Files.getLastModifiedTime(container.started()).toInstant());
        } catch (IOException notStarted) {
            return Optional.empty();
        }
    }
}
