package io.skep.consensus.atomix;

import io.atomix.protocols.raft.RaftServer.Role;
import io.atomix.protocols.raft.impl.RaftContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

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
    private final RaftContext raft;
    private final Path directory;
    private final Consumer<Throwable> onBroken;
    /** What is surely on disk; as a leader, or at or below the commit index, a log is never cut back. */
    private volatile long forced;

    private volatile long segment;
    private volatile boolean failed;

    DurableLog(RaftContext raft, Path directory, Consumer<Throwable> onBroken) {
        this.raft = raft;
        this.directory = directory;
        this.onBroken = onBroken;
        // A follower's log may have been cut back below what was forced once.
        raft.addRoleChangeListener(role -> forced = role == Role.LEADER ? 0 : forced);
    }

    /** Forces everything appended, unless this leader did. On the Raft thread. */
    void forceAppended() {
        long last = raft.getLogWriter().getLastIndex();
        if (raft.getRole() != Role.LEADER || forced < last) {
            force(last);
            forced = last;
        }
    }

    /** Forces a committed entry, and those after it that are committed by now. On the state thread. */
    void forceBefore(long index) {
        if (forced < index) {
            // Read before the force: what was committed by then was also written by then.
            long committed = Math.max(index, raft.getCommitIndex());
            force(committed);
            forced = Math.max(forced, committed);
        }
    }

    private void force(long index) {
        if (failed) {
            throw new IllegalStateException("the disk failed before");
        }
        try {
            raft.getLogWriter().flush();
            long current = raft.getLog().getCompactableIndex(index);
            if (current != segment) {
                forceNames(directory);
                segment = current;
            }
        } catch (RuntimeException failure) {
            // After a failed force nobody knows what is on disk, and a second one may succeed without it.
            failed = true;
            onBroken.accept(new IllegalStateException("the disk cannot be written: " + failure.getMessage(), failure));
            throw failure;
        }
    }

    /** Makes the names of new files durable. */
    static void forceNames(Path directory) {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
