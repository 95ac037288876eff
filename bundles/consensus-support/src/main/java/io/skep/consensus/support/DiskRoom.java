package io.skep.consensus.support;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.file.Path;

/** What is left on the disk that holds the log. Asks the kernel alone, so any thread may. */
public final class DiskRoom {
    /** For a snapshot in time, for metadata, and for what the members write to the log of their own accord. */
    private static final long RESERVE_BYTES = 8L << 20;
    /** Atomix begins no file of the log unless there is room for so many; Ratis is content with less. */
    private static final int FILES_OF_THE_LOG = 3;
    /** A lock file, metadata, the header of the first file of the log. */
    private static final long OPENING_BYTES = 64L << 10;
    /** So old may be what a command is refused or accepted by; it waits longer than that in any case. */
    private static final long FRESH_NANOS = 5_000_000;

    private final Path directory;
    private final long leastBytes;
    private volatile Look last = new Look(System.nanoTime() - FRESH_NANOS, false);

    /** What was seen at a time of {@link System#nanoTime()}. */
    private record Look(long at, boolean scarce) {}

    public DiskRoom(Path directory, int segmentBytes) {
        this.directory = directory;
        this.leastBytes = RESERVE_BYTES + FILES_OF_THE_LOG * (long) segmentBytes;
    }

    /** True when commands are not to be written any more, so that what is left serves the log's own needs. */
    public boolean scarce() {
        return lessThan(leastBytes);
    }

    /** The same as of a few milliseconds ago at most, for what is asked at every command. */
    public boolean scarceLately() {
        Look look = last;
        long now = System.nanoTime();
        if (now - look.at() >= FRESH_NANOS) {
            look = new Look(now, scarce());
            last = look;
        }
        return look.scarce();
    }

    /** True when a member cannot even be opened, or begin to lead. */
    public boolean none() {
        return lessThan(OPENING_BYTES);
    }

    private boolean lessThan(long bytes) {
        return directory.toFile().getUsableSpace() < bytes && directory.toFile().isDirectory();
    }

    /** For a command that was not written. */
    public SkepException refusal() {
        return failure("repeat the command");
    }

    /** For a command that waited in vain. */
    public SkepException late() {
        return failure("repeat the command under the same request id, for it may be applied then anyway");
    }

    private SkepException failure(String then) {
        return new SkepException(
                ErrorCode.EXHAUSTED,
                "the disk that holds " + directory + " is full; free at least " + (leastBytes >> 20) + " MB there and "
                        + then);
    }
}
