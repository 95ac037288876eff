package io.skep.consensus.atomix;

import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.Indexed;
import io.atomix.storage.journal.JournalReader.Mode;
import io.atomix.storage.journal.SegmentedJournal;
import java.lang.reflect.Field;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Atomix's log, whose readers see what is in it now. Atomix's own read ahead, and when entries are taken back, only the readers that had come
 * to them are told: one behind them goes on with what it has in memory. So a member applied an entry that another leader had replaced, or, when the
 * two differ in size, nothing any more. And they are told on the Raft thread while the state thread reads. Here entries are taken back, and
 * read, in turn, and every reader forgets what it read ahead.
 */
final class CarefulLog extends RaftLog {
    private final SegmentedJournal<RaftLogEntry> journal;
    private final Semaphore turn = new Semaphore(1);
    /** How often entries were taken back. In turn. */
    private long cuts;

    private CarefulLog(SegmentedJournal<RaftLogEntry> journal) {
        super(journal, false);
        this.journal = journal;
    }

    /** Another view of a log that is open; there is no way to the files of it but by its field. */
    @SuppressWarnings("unchecked") // the field is private, its type is known
    static CarefulLog over(RaftLog log) {
        try {
            Field journal = RaftLog.class.getDeclaredField("journal");
            journal.setAccessible(true);
            return new CarefulLog((SegmentedJournal<RaftLogEntry>) journal.get(log));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(
                    "Atomix's log is another than the one that this was written for", impossible);
        }
    }

    /** Takes entries back. */
    void cut(Runnable cutting) {
        inTurn(() -> {
            cuts++;
            cutting.run();
            return true;
        });
    }

    @Override
    public void compact(long index) {
        inTurn(() -> {
            super.compact(index);
            return true;
        });
    }

    @Override
    public RaftLogReader openReader(long index) {
        return openReader(index, Mode.ALL);
    }

    @Override
    public RaftLogReader openReader(long index, Mode mode) {
        return inTurn(() -> new Reader(index, mode));
    }

    private <T> T inTurn(Supplier<T> work) {
        turn.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }

    private final class Reader extends RaftLogReader {
        private long seen = cuts;

        Reader(long index, Mode mode) {
            super(journal.openReader(index), CarefulLog.this, mode);
        }

        /** What was read ahead may be there no more. */
        private void lookAgain() {
            if (seen != cuts) {
                seen = cuts;
                super.reset(super.getNextIndex());
            }
        }

        @Override
        public boolean hasNext() {
            return inTurn(() -> {
                lookAgain();
                return super.hasNext();
            });
        }

        @Override
        public Indexed<RaftLogEntry> next() {
            return inTurn(() -> {
                lookAgain();
                return super.next();
            });
        }

        @Override
        public void reset() {
            inTurn(() -> {
                super.reset();
                return true;
            });
        }

        @Override
        public void reset(long index) {
            inTurn(() -> {
                lookAgain();
                super.reset(index);
                return true;
            });
        }

        @Override
        public long getFirstIndex() {
            return inTurn(super::getFirstIndex);
        }

        @Override
        public long getCurrentIndex() {
            return inTurn(super::getCurrentIndex);
        }

        @Override
        public Indexed<RaftLogEntry> getCurrentEntry() {
            return inTurn(super::getCurrentEntry);
        }

        @Override
        public long getNextIndex() {
            return inTurn(super::getNextIndex);
        }

        @Override
        public void close() {
            inTurn(() -> {
                super.close();
                return true;
            });
        }
    }
}
