package io.skep.consensus.atomix;

import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.StorageException;
import io.atomix.storage.journal.JournalSegment;
import io.atomix.storage.journal.JournalSegmentDescriptor;
import io.atomix.storage.journal.SegmentedJournal;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.channels.FileChannel;

/**
 * How far a log is written: its newest file, and the position there up to which the kernel took something.
 *
 * @param file the newest file
 * @param position in bytes
 */
record LogEnd(JournalSegment<RaftLogEntry> file, long position) {
    /** Length and checksum, before each entry. */
    private static final int HEADER_BYTES = 2 * Integer.BYTES;

    /** On the Raft thread. */
    static LogEnd of(SegmentedJournal<RaftLogEntry> journal) {
        JournalSegment<RaftLogEntry> newest = null;
        for (JournalSegment<RaftLogEntry> segment : journal.segments()) {
            newest = segment;
        }
        if (newest == null) {
            throw new IllegalStateException("an open log has a file");
        }
        Object writer = newest.writer();
        Field channel = Inside.field(writer.getClass(), "channel");
        try {
            return new LogEnd(newest, ((FileChannel) Inside.value(channel, writer)).position());
        } catch (IOException failure) {
            throw new StorageException(failure);
        }
    }

    /** Whether an entry of so many bytes, and nothing else, was written since; false when the disk took only a part of it. */
    boolean isAfter(LogEnd before, int bytes) {
        long start = file == before.file ? before.position : JournalSegmentDescriptor.BYTES;
        return position == start + HEADER_BYTES + bytes;
    }
}
