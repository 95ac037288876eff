package io.skep.consensus.atomix;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.file.Path;

/**
 * Keeps the last of the disk for the log's own needs. Atomix that cannot append an entry does nothing more until it is started anew,
 * and tells nobody; so commands are refused before that, and welcome again as soon as there is room.
 */
final class DiskRoom {
    private static final long LEAST_BYTES = 16L << 20;

    private DiskRoom() {}

    /** True when the disk of a directory is as good as full. Asks the kernel alone, so any thread may. */
    static boolean scarce(Path directory) {
        return directory.toFile().getUsableSpace() < LEAST_BYTES
                && directory.toFile().isDirectory();
    }

    static SkepException failure(Path directory) {
        return new SkepException(
                ErrorCode.EXHAUSTED,
                "the disk that holds " + directory + " is full; free at least " + (LEAST_BYTES >> 20)
                        + " MB there and repeat the command, and if that does not help, stop and start the node");
    }
}
