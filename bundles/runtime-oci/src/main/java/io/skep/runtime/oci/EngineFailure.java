package io.skep.runtime.oci;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.runtime.support.Disk;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what an OCI runtime prints into an error that says what to do. */
final class EngineFailure {
    private static final Pattern MESSAGE = Pattern.compile("level=(?:error|fatal) msg=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NO_COMMAND = Pattern.compile(
            "executable file .{0,300}not found|exec: .{0,300}: (?:no such file or directory|permission denied|is a directory)",
            Pattern.DOTALL);

    private EngineFailure() {}

    /**
     * The error for an output.
     *
     * @param command what the container was to execute, for people
     */
    static SkepException of(String output, String command) {
        String reason = reason(output);
        if (NO_COMMAND.matcher(reason).find()) {
            return new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the command " + command + " cannot be executed in the image (" + reason
                            + "); name a program that it has");
        }
        if (Disk.isFull(reason)) {
            return new SkepException(
                    ErrorCode.EXHAUSTED, "the disk is full (" + reason + "); free space and try again");
        }
        if (reason.contains("cannot allocate memory") || reason.contains("resource temporarily unavailable")) {
            return new SkepException(
                    ErrorCode.EXHAUSTED,
                    "the host is out of memory or processes (" + reason + "); end some and try again");
        }
        return new SkepException(ErrorCode.FAILED, "the container could not be run: " + reason);
    }

    /** The error message within a log line of the runtime, or else all that it printed. */
    static String reason(String output) {
        Matcher message = MESSAGE.matcher(output);
        String reason = output.strip();
        while (message.find()) {
            reason = message.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
        }
        return reason.isEmpty() ? "its monitor ended without a word" : reason;
    }
}
