package io.skep.runtime.oci;

import io.skep.api.runtime.ExecResult;
import io.skep.runtime.support.Disk;
import io.skep.runtime.support.ProcessId;
import io.skep.runtime.support.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs a process in a running container beside its first one. */
final class FurtherProcess {
    private FurtherProcess() {}

    /** Blocks until it has ended; kills it after {@code timeout}. */
    static ExecResult run(Engine engine, ContainerDir container, List<String> command, Duration timeout) {
        Path scratch = Disk.attempt(
                "preparing a process of " + container.id(), () -> Files.createTempDirectory(container.path(), "exec-"));
        Path pidFile = scratch.resolve("pid");
        // The OCI runtime's own complaints go here too, which tells them from what the process prints.
        Path log = scratch.resolve("log");
        try {
            Program.Output output = Program.of(timeout, engine.exec(container.id(), pidFile, log, command))
                    .run(() -> Disk.readNumber(pidFile).flatMap(ProcessId::of).ifPresent(ProcessId::kill));
            Optional<String> complaint = Disk.read(log).filter(text -> !output.ok() && isError(text));
            if (complaint.isPresent()) {
                throw EngineFailure.of(complaint.get(), String.join(" ", command));
            }
            return new ExecResult(output.exitCode(), output.text());
        } finally {
            Disk.deleteOwn(scratch);
        }
    }

    /** crun gives no levels; of runc's, warnings do not count. */
    private static boolean isError(String complaint) {
        return !complaint.isEmpty() && (complaint.contains("level=error") || !complaint.contains("level="));
    }
}
