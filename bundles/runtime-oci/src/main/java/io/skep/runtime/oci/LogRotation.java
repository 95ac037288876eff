package io.skep.runtime.oci;

import io.skep.api.runtime.ContainerConfig.LogLimits;
import io.skep.runtime.support.LogDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Keeps a container's last log files without losing a line.
 *
 * <p>conmon writes to {@code current}. Asked to reopen its log, or when its own size limit is reached, it opens
 * {@code current.tmp}, renames that over {@code current} and so drops the old file. Therefore every file has a second name, a
 * number: {@code current} and also {@code current.tmp}, which is made ahead as an empty file. Whichever way conmon goes on, the old
 * file keeps its number and the new one has the next. Numbers beyond the limit are deleted. conmon's own limit is only the
 * net below: it bounds the disk while no runtime is there to ask.
 */
final class LogRotation {
    private static final byte[] REOPEN = "2 0 0\n".getBytes(StandardCharsets.US_ASCII);

    private final LogDirectory directory;
    private final Path control;
    private final LogLimits limits;

    LogRotation(ContainerDir container, LogLimits limits) {
        this.directory = new LogDirectory(container.logs());
        this.control = container.bundle().resolve("ctl");
        this.limits = limits;
    }

    /** The file that conmon is told to write. */
    Path current() {
        return directory.path().resolve("current");
    }

    private Path next() {
        return directory.path().resolve("current.tmp");
    }

    /** The size at which conmon rotates by itself. */
    long netBytes() {
        return limits.maxFileBytes() * limits.maxFiles();
    }

    /** Makes the first files, before the monitor starts. */
    void begin() throws IOException {
        Files.createFile(current());
        arrange();
    }

    /** Goes on to the next file when the present one is full, and repairs the names; cheap when there is nothing to do. */
    void check() throws IOException {
        try {
            boolean full = Files.size(current()) >= limits.maxFileBytes();
            if (full || !Files.exists(next())) {
                arrange();
            }
            if (full) {
                reopen();
            }
        } catch (NoSuchFileException | FileAlreadyExistsException otherwise) {
            // The container was removed, or conmon or a predecessor of this runtime moved on meanwhile: the next event
            // repairs.
            return;
        }
    }

    private void arrange() throws IOException {
        TreeMap<Integer, Path> files = directory.files();
        int free = files.isEmpty() ? 1 : files.lastKey() + 1;
        if (!numbered(files, current())) {
            files.put(free, Files.createLink(directory.file(free), current()));
            free++;
        }
        if (!Files.exists(next())) {
            files.put(free, Files.createFile(directory.file(free)));
            Files.createLink(next(), directory.file(free));
        }
        // The empty one made ahead does not count.
        while (files.size() > Math.max(1, limits.maxFiles()) + 1) {
            Files.deleteIfExists(files.pollFirstEntry().getValue());
        }
    }

    private static boolean numbered(NavigableMap<Integer, Path> files, Path file) throws IOException {
        for (Path candidate : files.descendingMap().values()) {
            if (Files.isSameFile(candidate, file)) {
                return true;
            }
        }
        return false;
    }

    private void reopen() throws IOException {
        // Opened for reading too, so that a monitor that is gone does not block the open (fifo(7)).
        try (FileChannel fifo = FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer message = ByteBuffer.wrap(REOPEN);
            while (message.hasRemaining()) {
                fifo.write(message);
            }
        }
    }
}
