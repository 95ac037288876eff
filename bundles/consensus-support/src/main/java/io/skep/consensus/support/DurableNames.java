package io.skep.consensus.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forces the names in a directory to disk, without which a forced file may be there and not be found. */
public final class DurableNames {
    private DurableNames() {}

    /** Makes the names of files that were made or moved durable. Blocks on the disk. */
    public static void force(Path directory) {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
