package io.skep.consensus.support;

import io.skep.api.consensus.GroupConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The owner of a data directory, written into it: engine, swarm and member. Holds a lock on the directory while the member
 * is open, so that no second process writes the same log.
 */
public final class DirectoryMark implements AutoCloseable {
    private static final String MARK = "consensus.owner";
    private static final String LOCK = "consensus.lock";

    private final FileChannel channel;

    private DirectoryMark(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Claims the directory, or tells whose it is.
     *
     * @throws SkepException {@code CORRUPT} for another engine's, swarm's or member's, {@code IN_USE}, {@code FAILED}
     */
    public static DirectoryMark claim(String engine, GroupConfig config) {
        Path directory = config.directory();
        try {
            Files.createDirectories(directory);
            FileChannel channel = lock(directory);
            try {
                checkOwner(engine, config);
                return new DirectoryMark(channel);
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new SkepException(
                    ErrorCode.FAILED,
                    "the consensus directory " + directory + " cannot be used: " + failure
                            + "; check that it is on a writable disk with space",
                    failure);
        }
    }

    /** Does something with the directory that nobody may disturb; fails as {@link #claim} does. */
    public static void whileClaimed(String engine, GroupConfig config, Runnable work) {
        DirectoryMark mark = claim(engine, config);
        try {
            work.run();
        } finally {
            mark.close();
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new SkepException(
                    ErrorCode.IN_USE,
                    "the consensus directory " + directory + " is open already; stop the other member first");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static void checkOwner(String engine, GroupConfig config) throws IOException {
        Path mark = config.directory().resolve(MARK);
        List<String> own = List.of("engine=" + engine, "swarm=" + config.swarmId(), "member=" + config.memberId());
        if (Files.exists(mark)) {
            List<String> owner = Files.readAllLines(mark);
            if (!owner.equals(own)) {
                throw foreign(config.directory(), String.join(" ", owner), own);
            }
        } else if (holdsData(config.directory())) {
            throw foreign(config.directory(), "something that left no " + MARK, own);
        } else {
            write(config.directory(), own);
        }
    }

    private static SkepException foreign(Path directory, String owner, List<String> own) {
        return new SkepException(
                ErrorCode.CORRUPT,
                "the consensus directory " + directory + " belongs to " + owner + ", not to " + String.join(" ", own)
                        + "; open it with its own engine and swarm, or choose an empty directory");
    }

    private static boolean holdsData(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> !file.getFileName().toString().startsWith("consensus."));
        }
    }

    private static void write(Path directory, List<String> lines) throws IOException {
        Path mark = directory.resolve(MARK);
        Path draft = directory.resolve(MARK + ".new");
        Files.write(draft, lines);
        try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(draft, mark, StandardCopyOption.ATOMIC_MOVE);
        DurableNames.force(directory);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
