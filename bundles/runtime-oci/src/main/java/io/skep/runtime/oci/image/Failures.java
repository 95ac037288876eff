package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a file or program in words that name the remedy. */
final class Failures {
    private Failures() {}

    /** The archive itself is at fault. */
    static SkepException malformed(String what, String why) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, what + " is malformed: " + why);
    }

    static SkepException malformed(String what, String why, Throwable cause) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, what + " is malformed: " + why, cause);
    }

    /** The store's own disk failed. */
    static SkepException disk(String doing, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return interrupted(doing);
        }
        String reason = reason(cause);
        if (isFull(reason)) {
            return full(doing, cause);
        }
        return new SkepException(ErrorCode.FAILED, doing + " failed: " + reason, cause);
    }

    static SkepException full(String doing, @Nullable Throwable cause) {
        return new SkepException(
                ErrorCode.EXHAUSTED,
                doing + " failed: no space left on the disk that holds the images; free space there (swarm:image-rm),"
                        + " or set 'root' in io.skep.runtime.oci to a directory on a larger disk",
                cause);
    }

    static boolean isFull(String reason) {
        // the last is how tar says that a write came to its end early
        return reason.contains("No space left on device")
                || reason.contains("Disk quota exceeded")
                || reason.contains("Wrote only ");
    }

    static SkepException interrupted(String doing) {
        return new SkepException(
                ErrorCode.PART_MISSING, doing + " was given up because the runtime 'oci' is being stopped; try again");
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        String reason = cause instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : message;
        return cause.getClass().getSimpleName() + (reason == null ? "" : ": " + reason);
    }
}
