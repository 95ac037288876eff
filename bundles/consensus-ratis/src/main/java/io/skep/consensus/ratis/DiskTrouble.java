package io.skep.consensus.ratis;

import io.skep.consensus.support.DiskRoom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a failure of the disk allows. */
final class DiskTrouble {
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    private DiskTrouble() {}

    /**
     * True when a member can go on after there is room again. Not so after a failed force: a second one may succeed without the data.
     */
    static boolean passes(Throwable failure, DiskRoom room) {
        boolean full = room.scarce();
        boolean forced = false;
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            String message = String.valueOf(cause.getMessage());
            full = full || FULL.stream().anyMatch(message::contains);
            forced = forced
                    || Arrays.stream(cause.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().startsWith("sun.nio.ch.")
                                    && frame.getMethodName().startsWith("force"));
        }
        return full && !forced;
    }

    /** What the innermost cause says. */
    static String told(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            innermost = cause;
        }
        return "its directory cannot be used: " + innermost.getMessage();
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure.getCause() == failure ? null : failure.getCause();
    }
}
