package io.skep.consensus.atomix;

import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.StorageException;
import io.atomix.storage.journal.Indexed;
import io.skep.consensus.support.DiskRoom;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends an entry to Atomix's log whole or not at all. Atomix's own writer takes an entry for written of which a full disk took
 * only the first part; nothing behind it could be read again, so a leader would apply nothing more, and a
 * follower acknowledge what it does not have. Here it is asked how far the file is written, and what is not there whole is taken back.
 * Belongs to the Raft thread, but for {@link #flush}.
 */
final class CarefulWriter extends RaftLogWriter {
    /** An entry was refused for lack of room. Ordinary, so without a stack trace. */
    private static final class NoRoom extends StorageException {
        private static final long serialVersionUID = 1;

        NoRoom(StorageException cause) {
            super("the log takes no entry: " + cause.getMessage());
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(CarefulWriter.class);

    private final RaftLogWriter writer;
    private final CarefulLog log;
    private final DurableLog durable;
    private final DiskRoom room;
    private final Runnable onRefused;
    private boolean refusing;

    /**
     * @param writer of the same log
     * @param onRefused called within an append that fails
     */
    CarefulWriter(RaftLogWriter writer, CarefulLog log, DurableLog durable, DiskRoom room, Runnable onRefused) {
        super(null, null); // every method goes to the given writer
        this.writer = writer;
        this.log = log;
        this.durable = durable;
        this.room = room;
        this.onRefused = onRefused;
    }

    @Override
    public <T extends RaftLogEntry> Indexed<T> append(T entry) {
        long last = writer.getLastIndex();
        if (room.scarce()) {
            // Between two files Atomix forces by itself; if that is what fails, nothing may depend on it.
            durable.forceAppended();
        } else {
            refusing = false;
        }
        try {
            LogEnd before = log.end();
            Indexed<T> appended = writer.append(entry);
            if (!log.end().isAfter(before, appended.size())) {
                throw new StorageException("the disk took a part of it only");
            }
            log.appended(appended);
            return appended;
        } catch (StorageException.TooLarge never) {
            throw never;
        } catch (StorageException failure) {
            throw refuse(last, failure);
        }
    }

    private NoRoom refuse(long last, StorageException failure) {
        takeBack(last);
        if (failure.getCause() instanceof IOException && !durable.forcedAll()) {
            durable.distrust(failure); // it may have been a force
        }
        if (!refusing) {
            refusing = true;
            LOG.warn("no room for an entry of the log; nothing is written until there is some", failure);
        }
        onRefused.run();
        return new NoRoom(failure);
    }

    private void takeBack(long last) {
        try {
            if (writer.getLastIndex() > last) {
                log.cut(() -> writer.truncate(last));
            }
        } catch (RuntimeException failure) {
            durable.distrust(failure);
            throw failure;
        }
    }

    @Override
    public void append(Indexed<RaftLogEntry> entry) {
        throw new UnsupportedOperationException("Atomix's roles append entries without an index");
    }

    @Override
    public void truncate(long index) {
        durable.cut(index);
        log.cut(() -> writer.truncate(index));
    }

    @Override
    public void reset(long index) {
        durable.cut(index - 1);
        log.cut(() -> writer.reset(index));
    }

    @Override
    public long getLastIndex() {
        return writer.getLastIndex();
    }

    @Override
    public Indexed<RaftLogEntry> getLastEntry() {
        return writer.getLastEntry();
    }

    @Override
    public long getNextIndex() {
        return writer.getNextIndex();
    }

    @Override
    public void commit(long index) {
        writer.commit(index);
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }

    @Override
    public String toString() {
        return writer.toString();
    }
}
