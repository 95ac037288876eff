package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.entry.CommandEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.StorageException;
import io.skep.consensus.support.DiskRoom;
import io.skep.contracts.consensus.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entry is in the log whole or not at all, and what is doubtful stops the member. */
final class CarefulWriterTest {
    private static final int DISK_MEGABYTES = 16;
    private static final int ENTRY_BYTES = 40_000;
    private static final int HEADER_BYTES = 8;
    private static final int FILE_HEADER_BYTES = 64;
    private static final int PAGE = 4096;

    private final SmallDisk disk;
    private final RaftLog log;
    private final List<Throwable> broken = new ArrayList<>();
    private final DurableLog durable;
    private int refused;

    CarefulWriterTest(@TempDir Path root) throws IOException {
        disk = SmallDisk.mount(root.resolve("disk"), DISK_MEGABYTES);
        log = SmallLog.open(disk.directory(), 2 * ENTRY_BYTES);
        durable = new DurableLog(log, () -> 0, disk.directory(), broken::add);
    }

    @AfterEach
    void close() throws IOException {
        log.close();
        disk.close();
    }

    /** A writer that asks a directory for its room. */
    private CarefulWriter writer(Path directory) {
        CarefulLog careful = CarefulLog.over(log);
        return new CarefulWriter(
                log.writer(), careful, durable, new DiskRoom(directory, AtomixSwarm.SEGMENT), () -> refused++);
    }

    private static RaftLogEntry entry(long number) {
        return entry(number, ENTRY_BYTES);
    }

    private static RaftLogEntry entry(long number, int bytes) {
        PrimitiveOperation operation = new PrimitiveOperation(OperationId.command("batch"), new byte[bytes]);
        return new CommandEntry(1, 1, 1, number, operation);
    }

    private List<Long> inTheLog() {
        List<Long> indexes = new ArrayList<>();
        try (var reader = log.openReader(1)) {
            while (reader.hasNext()) {
                indexes.add(reader.next().index());
            }
        }
        return indexes;
    }

    @Test
    void takesBackWhatWasCutShortAndGoesOn() throws IOException {
        CarefulWriter writer = writer(disk.directory());
        writer.append(entry(1));
        disk.fill(0);
        assertThatThrownBy(() -> writer.append(entry(2))).isInstanceOf(StorageException.class);
        assertThat(writer.getLastIndex()).isEqualTo(1);
        assertThat(refused).isEqualTo(1);

        disk.free();
        assertThat(writer.append(entry(2)).index()).isEqualTo(2);
        assertThat(inTheLog()).containsExactly(1L, 2L);
        assertThat(broken).isEmpty();
    }

    /** Sees room where there is none, as if that had gone this moment. */
    private CarefulWriter surprised() {
        return writer(Path.of("/"));
    }

    @Test
    void trustsTheDiskNoLongerWhenAnErrorMayHaveBeenThatOfAForce() throws IOException {
        CarefulWriter writer = surprised();
        int size = HEADER_BYTES + writer.append(entry(1)).size();
        writer.append(entry(2, ENTRY_BYTES + Math.floorMod(-FILE_HEADER_BYTES - 2 * size, PAGE)));
        disk.fill(0); // the page is full, so there is no room for a part
        assertThatThrownBy(() -> writer.append(entry(3))).isInstanceOf(StorageException.class);

        assertThat(broken).hasSize(1);
        assertThatThrownBy(durable::forceAppended).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void trustsTheDiskThatTookAPart() throws IOException {
        CarefulWriter writer = surprised();
        writer.append(entry(1));
        disk.fill(0);
        assertThatThrownBy(() -> writer.append(entry(2))).isInstanceOf(StorageException.class);

        assertThat(broken).isEmpty();
        durable.forceAppended();
        assertThat(inTheLog()).containsExactly(1L);
    }

    @Test
    void forcesAnewWhatTakesThePlaceOfSomethingForced() {
        CarefulWriter writer = writer(disk.directory());
        writer.append(entry(1));
        writer.append(entry(2));
        durable.forceAppended();
        assertThat(durable.forcedAll()).isTrue();

        writer.truncate(1);
        assertThat(durable.forcedAll()).isTrue();
        writer.append(entry(2));
        assertThat(durable.forcedAll()).isFalse();
    }
}
