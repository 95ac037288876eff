package io.skep.runtime.oci;

import io.skep.api.runtime.ContainerConfig.LogLimits;
import io.skep.runtime.support.Disk;
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
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    /** The file that conmon was last asked to leave; used on the watch's thread alone. */
    private @Nullable Object left;

    LogRotation(ContainerDir container, LogLimits limits) {
        this.directory = container.logs();
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

    /** What conmon is told of the log. */
    List<String> ofMonitor() {
        return limits.kept()
                ? List.of("--log-path", "k8s-file:" + current(), "--log-size-max", "" + netBytes())
                : List.of("--log-path", "none");
    }

    /** The size at which conmon rotates by itself; not a multiple of a file's, so that both seldom happen at once. */
    private long netBytes() {
        return limits.maxFileBytes() * limits.maxFiles() + limits.maxFileBytes() / 2;
    }

    /** Makes the first files, before the monitor starts. */
    void begin() throws IOException {
        if (limits.kept()) {
            Files.createFile(current());
            arrange();
        }
    }

    /** Goes on to the next file when the present one is full, and repairs the names; cheap when there is nothing to do. */
    void check() throws IOException {
        try {
            if (isFull() || !Files.exists(next())) {
                arrange();
                leaveFull();
            }
        } catch (NoSuchFileException | FileAlreadyExistsException otherwise) {
            // The container was removed, or conmon or a predecessor of this runtime moved on meanwhile: the next event
            // repairs.
            return;
        }
    }

    /** Names the last file once the monitor has ended, and keeps the limit. */
    void end() {
        Disk.attempt("naming the last log file of " + directory.path(), () -> {
            try {
                prune(nameCurrent());
            } catch (NoSuchFileException | FileAlreadyExistsException otherwise) {
                // The container is being removed, or the watch's thread does the same now.
                return false;
            }
            return true;
        });
    }

    /**
     * Asks conmon to leave a full file, once: were it asked twice, it would leave the next one at once and unnamed. Nor is it asked
     * while no next file is made, as when it went on and filled that one too since they were arranged.
     */
    private void leaveFull() throws IOException {
        BasicFileAttributes present = Files.readAttributes(current(), BasicFileAttributes.class);
        Object file = present.fileKey();
        boolean leave = present.size() >= limits.maxFileBytes() && file != null && !file.equals(left);
        if (leave && Files.exists(next())) {
            left = file;
            reopen();
        }
    }

    private boolean isFull() throws IOException {
        return Files.size(current()) >= limits.maxFileBytes();
    }

    private void arrange() throws IOException {
        NavigableMap<Integer, Path> files = nameCurrent();
        if (!Files.exists(next())) {
            Path ahead = directory.file(files.lastKey() + 1);
            Files.createLink(next(), Files.createFile(ahead));
            files.put(files.lastKey() + 1, ahead);
        }
        prune(files);
    }

    /** Sees to it that the present file has a number, and one only; returns all files. */
    private NavigableMap<Integer, Path> nameCurrent() throws IOException {
        NavigableMap<Integer, Path> files = directory.files();
        if (!numbered(files, key(current()))) {
            int free = files.isEmpty() ? 1 : files.lastKey() + 1;
            Path link = Files.createLink(directory.file(free), current());
            if (numbered(files, key(link))) {
                // conmon went on meanwhile, to the file that was made ahead and has its number.
                Files.delete(link);
            } else {
                files.put(free, link);
            }
        }
        return files;
    }

    /** Deletes what is more than the limit, but none while the others hold less than they may, as short ones do after a race. */
    private void prune(NavigableMap<Integer, Path> files) throws IOException {
        long kept = 0;
        int full = 0;
        for (Path file : files.descendingMap().values()) {
            if (full >= limits.maxFiles() && kept >= limits.maxFileBytes() * (limits.maxFiles() - 1)) {
                Files.deleteIfExists(file);
                continue;
            }
            long size = Files.size(file);
            kept += size;
            full += size > 0 ? 1 : 0;
        }
    }

    /** Compares with the file as it was found once: its name may mean the next one before all are compared. */
    private static boolean numbered(NavigableMap<Integer, Path> files, Object key) throws IOException {
        for (Path candidate : files.descendingMap().values()) {
            if (key(candidate).equals(key)) {
                return true;
            }
        }
        return false;
    }

    private static Object key(Path file) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey(), "Linux numbers its files");
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
