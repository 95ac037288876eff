package io.skep.consensus.atomix;

import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.Indexed;
import io.atomix.storage.journal.JournalReader.Mode;
import io.atomix.storage.journal.SegmentedJournal;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Atomix's log, whose readers see what is in it now. Atomix's own read ahead, and when entries are taken back, only the readers that had come
 * to them are told: one behind them goes on with what it has in memory. So a member applied an entry that another leader had replaced, or, when the
 * two differ in size, nothing any more. And they are told on the Raft thread while the state thread reads. Here entries are taken back, and
 * read, in turn, and every reader forgets what it read ahead. What was written a moment ago is read from memory.
 */
final class CarefulLog extends RaftLog {
    private final SegmentedJournal<RaftLogEntry> journal;
    private final Semaphore turn = new Semaphore(1);

    // in turn
    private final Recent recent = new Recent();
    private final Set<LogReader> readers = new HashSet<>();
    private long last;

    private CarefulLog(SegmentedJournal<RaftLogEntry> journal) {
        super(journal, false);
        this.journal = journal;
        last = journal.writer().getLastIndex();
    }

    /** Another view of a log that is open. */
    @SuppressWarnings("unchecked") // the field is private, its type is known
    static CarefulLog over(RaftLog log) {
        return new CarefulLog(
                (SegmentedJournal<RaftLogEntry>) Inside.value(Inside.field(RaftLog.class, "journal"), log));
    }

    /** How far its files are written. On the Raft thread. */
    LogEnd end() {
        return LogEnd.of(journal);
    }

    /** An entry was written, which readers may have from now on. On the Raft thread. */
    void appended(Indexed<? extends RaftLogEntry> entry) {
        inTurn(() -> {
            recent.add(entry);
            last = entry.index();
            return true;
        });
    }

    /** Takes entries back, or begins anew. On the Raft thread. */
    void cut(Runnable cutting) {
        inTurn(() -> {
            try {
                cutting.run();
            } finally {
                last = journal.writer().getLastIndex();
                lookAgain();
            }
            return true;
        });
    }

    private void lookAgain() {
        recent.keep(journal.segments().iterator().next().index(), last);
        readers.forEach(reader -> reader.lookAgain(last));
    }

    @Override
    public void compact(long index) {
        inTurn(() -> {
            super.compact(index);
            lookAgain();
            return true;
        });
    }

    @Override
    public RaftLogReader openReader(long index) {
        return openReader(index, Mode.ALL);
    }

    @Override
    public RaftLogReader openReader(long index, Mode mode) {
        return inTurn(() -> new Reader(index));
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
        private final LogReader reader;

        Reader(long index) {
            super(null, CarefulLog.this, Mode.ALL); // every method goes to the other one
            reader = new LogReader(journal, recent, index);
            readers.add(reader);
        }

        @Override
        public boolean hasNext() {
            return inTurn(() -> reader.hasNext(last));
        }

        @Override
        public Indexed<RaftLogEntry> next() {
            return inTurn(() -> reader.next(last));
        }

        @Override
        public void reset() {
            inTurn(() -> {
                reader.reset();
                return true;
            });
        }

        @Override
        public void reset(long index) {
            inTurn(() -> {
                reader.reset(index);
                return true;
            });
        }

        @Override
        public long getFirstIndex() {
            return inTurn(reader::firstIndex);
        }

        @Override
        public long getCurrentIndex() {
            Indexed<RaftLogEntry> current = getCurrentEntry();
            return current == null ? 0 : current.index();
        }

        @Override
        public @Nullable Indexed<RaftLogEntry> getCurrentEntry() {
            turn.acquireUninterruptibly();
            try {
                return reader.current();
            } finally {
                turn.release();
            }
        }

        @Override
        public long getNextIndex() {
            return inTurn(reader::nextIndex);
        }

        @Override
        public void close() {
            inTurn(() -> {
                if (readers.remove(reader)) {
                    reader.close();
                }
                return true;
            });
        }

        @Override
        public String toString() {
            return "reader at " + getNextIndex();
        }
    }
}
