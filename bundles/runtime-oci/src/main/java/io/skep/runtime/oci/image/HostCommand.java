package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs the small programs of the host that do what Java cannot, such as mount, and explains their failures. */
final class HostCommand {
    /** Long, because a disk may have much to flush; a program that hangs for longer never ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int SHOWN = 400;

    private HostCommand() {}

    /** Runs a command to its end; its exit code must be zero. */
    static void run(String doing, Path directory, List<String> command) {
        Program.Output output = attempt(directory, command);
        if (!output.ok()) {
            throw failure(doing, command.get(0), output.exitCode(), output.text());
        }
    }

    /** Runs a command to its end, whatever its exit code. */
    static Program.Output attempt(Path directory, List<String> command) {
        // mount's newer system call, fsconfig, cuts an option off after 255 bytes; lists of layers are longer
        return Program.of(PATIENCE, command)
                .in(directory)
                .with("LIBMOUNT_FORCE_MOUNT2", "always")
                .run();
    }

    static SkepException failure(String doing, String program, int code, String said) {
        if (Failures.isFull(said)) {
            return Failures.full(doing, null);
        }
        String shown = said.length() <= SHOWN ? said.strip() : said.substring(0, SHOWN) + "…";
        return new SkepException(
                ErrorCode.FAILED,
                doing + " failed: " + program + " ended with code " + code + (shown.isEmpty() ? "" : ": " + shown));
    }
}
