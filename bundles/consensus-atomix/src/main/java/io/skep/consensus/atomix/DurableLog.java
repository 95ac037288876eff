package io.skep.consensus.atomix;

import io.atomix.protocols.raft.storage.log.RaftLog;
import io.skep.consensus.support.DurableNames;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Forces this member's log to disk before the member counts as having it. Atomix 3.1.12 has a setting for that, but its
 * builder drops it and the log is forced only when a segment is full. Here
 * <ul>
 *   <li>a follower's acknowledgement waits for its disk ({@link #forceAppended});
 *   <li>the leader handles no acknowledgement of an entry before that entry is on its own disk (the same);
 *   <li>nothing is applied, and so nothing answered, before it is on this member's disk ({@link #forceBefore}), which is all
 *       that a lone member does.
 * </ul>
 */
final class DurableLog {
    private final RaftLog log;
    private final LongSupplier committed;
    private final Path directory;
    private final Consumer<Throwable> onBroken;
    /** What is surely on disk. */
    private final AtomicLong forced = new AtomicLong();

    private final Semaphore turn = new Semaphore(1);

    private volatile long segment;
    private volatile boolean failed;

    /** @param committed the index up to which everything is committed */
    DurableLog(RaftLog log, LongSupplier committed, Path directory, Consumer<Throwable> onBroken) {
        this.log = log;
        this.committed = committed;
        this.directory = directory;
        this.onBroken = onBroken;
    }

    /** Forces everything appended, unless that was done. On the Raft thread. */
    void forceAppended() {
        if (!forcedAll()) {
            force(log.writer().getLastIndex());
        }
    }

    /** Whether everything appended is on disk. On the Raft thread. */
    boolean forcedAll() {
        return forced.get() >= log.writer().getLastIndex();
    }

    /** Forces a committed entry, and those after it that are committed by now. On the state thread. */
    void forceBefore(long index) {
        if (forced.get() < index) {
            // Read before the force: what was committed by then was also written by then.
            force(Math.max(index, committed.getAsLong()));
        }
    }

    /** The entries after an index go, and others may take their place. On the Raft thread. */
    void cut(long index) {
        forced.updateAndGet(known -> Math.min(known, index));
    }

    /** Nobody knows what is on disk any longer: this member stops for good. */
    void distrust(RuntimeException failure) {
        failed = true;
        onBroken.accept(new IllegalStateException("the disk cannot be written: " + failure.getMessage(), failure));
    }

    /** One forces at a time; what it has forced the others need not force again. */
    private void force(long index) {
        turn.acquireUninterruptibly();
        try {
            if (forced.get() < index) {
                forceInTurn(index);
            }
        } finally {
            turn.release();
        }
    }

    private void forceInTurn(long index) {
        if (failed) {
            throw new IllegalStateException("the disk failed before");
        }
        try {
            log.writer().flush();
            long current = log.getCompactableIndex(index);
            if (current != segment) {
                DurableNames.force(directory);
                segment = current;
            }
            forced.updateAndGet(known -> Math.max(known, index));
        } catch (RuntimeException failure) {
            // A second force may succeed without what the first one lost.
            distrust(failure);
            throw failure;
        }
    }
}
