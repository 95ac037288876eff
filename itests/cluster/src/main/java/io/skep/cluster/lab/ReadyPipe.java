package io.skep.cluster.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The named pipe in which a node says that it is up. */
final class ReadyPipe implements AutoCloseable {
    private static final String ENDED = "ended";

    private final RandomAccessFile pipe;

    /** Opens it before the node does. Opened for writing too, which never blocks. */
    ReadyPipe(Path path) {
        try {
            this.pipe = new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says in the node's stead that it ended, so that nobody waits for it; false when nobody did. */
    boolean end() {
        try {
            pipe.write((ENDED + "\n").getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Waits for each of the lines; false when the node ended before. */
    boolean await(Set<String> lines) {
        Set<String> missing = new HashSet<>(lines);
        try {
            while (!missing.isEmpty()) {
                String line = pipe.readLine();
                if (line == null || line.equals(ENDED)) {
                    return false;
                }
                missing.remove(line);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            pipe.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
