package io.skep.runtime.support;

import io.skep.api.runtime.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place in a container's log files: hands out the lines from there on, over the borders of files and rotations. */
final class LogCursor implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final LogDirectory directory;
    private final LogFormat format = new LogFormat();
    private final ArrayDeque<LogLine> ready = new ArrayDeque<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[BUFFER];
    private int number;
    private @Nullable InputStream stream;

    LogCursor(LogDirectory directory) {
        this.directory = directory;
    }

    /** The next line that is there now, or empty at the end of what is there. */
    Optional<LogLine> next() throws IOException {
        while (ready.isEmpty()) {
            if (!fill() && !advance()) {
                return Optional.empty();
            }
        }
        return Optional.of(ready.remove());
    }

    /** The unfinished lines, to be asked for when no more will come. */
    List<LogLine> rest() {
        return format.rest();
    }

    /** Reads one buffer of the present file; false at its end. */
    private boolean fill() throws IOException {
        if (stream == null) {
            return false;
        }
        int count = stream.read(buffer);
        int begin = 0;
        for (int i = 0; i < count; i++) {
            if (buffer[i] == '\n') {
                unfinished.write(buffer, begin, i - begin);
                format.parse(unfinished.toByteArray()).ifPresent(ready::add);
                unfinished.reset();
                begin = i + 1;
            }
        }
        if (count > begin) {
            unfinished.write(buffer, begin, count - begin);
        }
        return count > 0;
    }

    /**
     * Goes on to the next file once that has content. The writer is done with a file before it writes to the next, so what
     * came to the present one since its end was seen is read first.
     */
    private boolean advance() throws IOException {
        Optional<Map.Entry<Integer, Path>> next = nextFile();
        if (next.isEmpty()) {
            return false;
        }
        if (fill()) {
            return true;
        }
        close();
        unfinished.reset();
        try {
            stream = new FileInputStream(next.get().getValue().toFile());
        } catch (IOException rotatedAway) {
            stream = null;
        }
        number = next.get().getKey();
        return true;
    }

    private Optional<Map.Entry<Integer, Path>> nextFile() throws IOException {
        for (Map.Entry<Integer, Path> file :
                directory.files().tailMap(number, false).entrySet()) {
            if (size(file.getValue()) > 0) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException rotatedAway) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
