package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.entry.CommandEntry;
import io.atomix.protocols.raft.storage.log.entry.ConfigurationEntry;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.protocols.raft.storage.log.entry.TimestampedEntry;
import io.atomix.storage.journal.Indexed;
import io.skep.consensus.support.DiskRoom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written, taken back, compacted and begun anew: each reader gives what the log has from where it is, from memory or from files. */
final class LogReadersTest {
    private static final int LARGEST = 100_000;
    private static final int STEPS = 3000;
    private final Path directory;
    private RaftLog plain;
    private CarefulLog log;
    private CarefulWriter writer;
    /** What should be in the log, the first at {@link #first}. */
    private final List<RaftLogEntry> model = new ArrayList<>();

    private long first = 1;
    private long written;

    LogReadersTest(@TempDir Path root) {
        directory = root;
        open();
    }

    private void open() {
        plain = SmallLog.open(directory, LARGEST);
        log = CarefulLog.over(plain);
        DurableLog durable = new DurableLog(log, () -> 0, directory, failure -> {});
        DiskRoom room = new DiskRoom(directory, AtomixSwarm.SEGMENT);
        writer = new CarefulWriter(plain.writer(), log, durable, room, () -> {});
    }

    private void append(RaftLogEntry entry) {
        writer.append(entry);
        model.add(entry);
    }

    private RaftLogEntry command(int bytes) {
        PrimitiveOperation operation = new PrimitiveOperation(OperationId.command("batch"), new byte[bytes]);
        return new CommandEntry(1, 1, 1, ++written, operation);
    }

    private long last() {
        return first + model.size() - 1;
    }

    private static String text(RaftLogEntry entry) {
        return entry instanceof CommandEntry command
                ? "command " + command.sequenceNumber()
                : "at " + ((TimestampedEntry) entry).timestamp();
    }

    private static String text(Indexed<RaftLogEntry> entry) {
        return entry.index() + " " + text(entry.entry());
    }

    private String expected(long index) {
        return index + " " + text(model.get((int) (index - first)));
    }

    @Test
    void whatWasJustWrittenIsNotReadFromAFile() {
        RaftLogReader reader = log.openReader(1);
        RaftLogEntry entry = command(100);
        append(entry);
        assertThat(reader.next().entry()).isSameAs(entry);
        assertThat(reader.hasNext()).isFalse();
        plain.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readersAgreeWithTheLog(long seed) {
        Random random = new Random(seed);
        List<RaftLogReader> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(log.openReader(1));
        }
        for (int step = 0; step < STEPS; step++) {
            change(random, readers);
            RaftLogReader reader = readers.get(random.nextInt(readers.size()));
            read(reader, random.nextInt(20));
        }
        readers.forEach(reader -> read(reader, Integer.MAX_VALUE));
        plain.close();
    }

    private void change(Random random, List<RaftLogReader> readers) {
        int dice = random.nextInt(1000);
        if (dice < 600) {
            append(command(random.nextInt(random.nextInt(20) == 0 ? LARGEST / 2 : 2000)));
        } else if (dice < 620) {
            append(new InitializeEntry(1, ++written));
            append(new ConfigurationEntry(1, ++written, Collections.emptyList()));
        } else if (dice < 640) {
            truncate(last() - random.nextInt(Math.min(model.size() + 1, 200)));
        } else if (dice < 650) {
            compact(first + random.nextInt(model.size() + 1));
        } else if (dice < 653) {
            beginAnew(last() + 1 + random.nextInt(50));
        } else if (dice < 700) {
            readers.get(random.nextInt(readers.size())).reset(first + random.nextInt(model.size() + 1));
        } else if (dice < 705) {
            readers.remove(0).close();
            readers.add(log.openReader(last() + 1));
        }
    }

    private void truncate(long index) {
        writer.truncate(index);
        model.subList((int) (index - first + 1), model.size()).clear();
    }

    private void compact(long index) {
        log.compact(index);
        long kept = log.openReader(1).getFirstIndex();
        model.subList(0, (int) (kept - first)).clear();
        first = kept;
    }

    private void beginAnew(long index) {
        writer.reset(index);
        model.clear();
        first = index;
    }

    private void read(RaftLogReader reader, int most) {
        assertThat(reader.getNextIndex()).isBetween(first, last() + 1);
        for (int i = 0; i < most && reader.getNextIndex() <= last(); i++) {
            long index = reader.getNextIndex();
            assertThat(reader.hasNext()).as("there is an entry %s", index).isTrue();
            assertThat(text(reader.next())).isEqualTo(expected(index));
            assertThat(text(reader.getCurrentEntry())).isEqualTo(expected(index));
            assertThat(reader.getNextIndex()).isEqualTo(index + 1);
        }
        assertThat(reader.hasNext()).isEqualTo(reader.getNextIndex() <= last());
    }
}
