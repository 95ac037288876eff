package io.skep.consensus.ratis;

import io.skep.consensus.support.DurableNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Forces the names of the log's files, which Ratis does not: it forces what it writes into a new file, but after a power loss that
 * file might not be found. On the thread that writes the log.
 */
final class DurableSegments {
    private final Path directory;
    private String[] durable = {};

    DurableSegments(Path directory) {
        this.directory = directory;
    }

    /** Forces the names if there are others than the last time. */
    void force() throws IOException {
        String[] names = directory.toFile().list();
        if (names == null) {
            throw new IOException(directory + " cannot be listed");
        }
        if (!Arrays.equals(names, durable)) {
            DurableNames.force(directory);
            durable = names;
        }
    }
}
