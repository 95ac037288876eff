package io.skep.consensus.atomix;

import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.journal.Indexed;
import io.atomix.storage.journal.SegmentedJournal;
import io.atomix.storage.journal.SegmentedJournalReader;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link CarefulLog} from an index on: what is recent from memory, the rest from its files. A reader of files reads half a megabyte for every new
 * entry, and as much again to find that none follows; so it is not asked for what is known. All methods are called in the log's turn.
 */
final class LogReader {
    private final SegmentedJournal<RaftLogEntry> journal;
    private final Recent recent;
    private SegmentedJournalReader<RaftLogEntry> file;
    private @Nullable Indexed<RaftLogEntry> current;
    private long next;

    LogReader(SegmentedJournal<RaftLogEntry> journal, Recent recent, long index) {
        this.journal = journal;
        this.recent = recent;
        file = journal.openReader(index);
        followFile();
    }

    private void followFile() {
        current = file.getCurrentEntry();
        next = file.getNextIndex();
    }

    /** @param last the last entry of the log */
    boolean hasNext(long last) {
        return next <= last && (recent.at(next) != null || onFile());
    }

    private boolean onFile() {
        if (journal.getCompactableIndex(next) > file.getNextIndex()) { // in a later file of the log
            file.close();
            file = journal.openReader(next);
        } else if (file.getNextIndex() != next) {
            file.reset(next);
        }
        return file.getNextIndex() == next && file.hasNext();
    }

    Indexed<RaftLogEntry> next(long last) {
        if (!hasNext(last)) {
            throw new NoSuchElementException("the log has no entry " + next);
        }
        Indexed<RaftLogEntry> known = recent.at(next);
        Indexed<RaftLogEntry> read = known == null ? file.next() : known;
        current = read;
        next = read.index() + 1;
        return read;
    }

    void reset() {
        file.reset();
        followFile();
    }

    void reset(long index) {
        Indexed<RaftLogEntry> before = recent.at(index - 1);
        if (before == null) {
            file.reset(index);
            followFile();
        } else {
            current = before;
            next = index;
        }
    }

    /** Entries went, at either end: what was read ahead may be there no more, and where this reader is there may be nothing. */
    void lookAgain(long last) {
        file.reset(file.getNextIndex());
        if (next > last + 1) {
            file.reset(last + 1);
            followFile();
        } else if (next < file.getFirstIndex()) {
            file.reset(file.getFirstIndex());
            followFile();
        }
    }

    long firstIndex() {
        return file.getFirstIndex();
    }

    long nextIndex() {
        return next;
    }

    @Nullable
    Indexed<RaftLogEntry> current() {
        return current;
    }

    void close() {
        file.close();
    }
}
