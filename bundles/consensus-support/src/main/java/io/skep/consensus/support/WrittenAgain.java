package io.skep.consensus.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes again what a file holds and forces it. After a force that failed the kernel shows as written what the disk never took, to a new
 * process too, and the next force would say that all is well.
 */
public final class WrittenAgain {
    /** Not more than a file system takes as one block, so that no hole is filled. */
    private static final int CHUNK = 4096;

    private WrittenAgain() {}

    /** Blocks on the disk; nobody else may write the file meanwhile. */
    public static void force(Path file) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
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
