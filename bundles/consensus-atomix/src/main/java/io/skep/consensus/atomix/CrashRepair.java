package io.skep.consensus.atomix;

import io.skep.consensus.support.WrittenAgain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Removes what a kill at the wrong moment leaves and Atomix cannot start from: a lock file without its owner, and a segment
 * without its header, which holds no entry yet. Writes again what is there, for after a force that failed the kernel shows as
 * written what the disk never took, to a new process too, and the next force would say that all is well.
 */
final class CrashRepair {
    private CrashRepair() {}

    /** Repairs a directory that nobody else has open. */
    static void repair(Path directory, String prefix) throws IOException {
        // The owner's mark and lock do this file's work.
        Files.deleteIfExists(directory.resolve("." + prefix + ".lock"));
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(directory, prefix + "-*.log")) {
            for (Path segment : segments) {
                if (hasHeader(segment)) {
                    WrittenAgain.force(segment);
                } else {
                    Files.delete(segment);
                }
            }
        }
    }

    /** A header begins with the version of its form, which is never zero. */
    private static boolean hasHeader(Path segment) throws IOException {
        ByteBuffer version = ByteBuffer.allocate(Integer.BYTES);
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ)) {
            int read = channel.read(version);
            return read == Integer.BYTES && version.getInt(0) != 0;
        }
    }
}
