package io.skep.consensus.atomix;

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
    /** Not more than a file system takes as one block, so that no hole is filled. */
    private static final int CHUNK = 4096;

    private CrashRepair() {}

    /** Repairs a directory that nobody else has open. */
    static void repair(Path directory, String prefix) throws IOException {
        // The owner's mark and lock do this file's work.
        Files.deleteIfExists(directory.resolve("." + prefix + ".lock"));
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(directory, prefix + "-*.log")) {
            for (Path segment : segments) {
                if (hasHeader(segment)) {
                    writeAgain(segment);
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

    private static void writeAgain(Path segment) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long position = 0;
            while (channel.read(chunk.clear(), position) > 0) {
                chunk.flip();
                int length = chunk.limit();
                if (hasContent(chunk)) {
                    writeAll(channel, chunk, position);
                }
                position += length;
            }
            channel.force(true);
        }
    }

    /** Where there are only zeros there may be a hole, which needs no room yet. */
    private static boolean hasContent(ByteBuffer chunk) {
        for (int i = 0; i < chunk.limit(); i++) {
            if (chunk.get(i) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void writeAll(FileChannel channel, ByteBuffer chunk, long position) throws IOException {
        while (chunk.hasRemaining()) {
            channel.write(chunk, position + chunk.position());
        }
    }
}
