package io.skep.runtime.process;

import io.skep.runtime.support.Disk;
import io.skep.runtime.support.LogDirectory;
import io.skep.runtime.support.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The directory of one process.
 *
 * <pre>
 * container.json  how to start it; written last by prepare, deleted first by remove
 * supervisor      which process watches it
 * process         which process it is; written once it was started
 * logs/           numbered log files
 * </pre>
 *
 * @param path named after the container's id
 */
record Home(Path path) {
    String id() {
        return path.getFileName().toString();
    }

    Path record() {
        return path.resolve("container.json");
    }

    LogDirectory logs() {
        return new LogDirectory(path.resolve("logs"));
    }

    /** How it is started; empty when it was not prepared to the end. */
    Optional<Launch> launch() {
        return Disk.readJson(record()).map(Launch::fromJson);
    }

    /** The process, if it was started; it may have ended. */
    Optional<ProcessId> process() {
        return identity(path.resolve("process"));
    }

    Optional<ProcessId> supervisor() {
        return identity(path.resolve("supervisor"));
    }

    Optional<Instant> startedAt() {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(path.resolve("process")).toInstant());
        } catch (IOException notStarted) {
            return Optional.empty();
        }
    }

    /** The three fields that the supervisor writes. */
    private static Optional<ProcessId> identity(Path file) {
        return Disk.read(file)
                .map(text -> List.of(text.split(" ", -1)))
                .filter(fields -> fields.size() == 3)
                .map(fields ->
                        new ProcessId(Long.parseLong(fields.get(0)), Long.parseLong(fields.get(1)), fields.get(2)));
    }
}
