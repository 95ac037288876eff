package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.entry.CommandEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader sees what is in the log now, not what was there when it read ahead. */
final class CarefulLogTest {
    private static final int LARGEST = 100_000;

    private final RaftLog plain;
    private final CarefulLog log;

    CarefulLogTest(@TempDir Path root) {
        plain = SmallLog.open(root, LARGEST);
        log = CarefulLog.over(plain);
    }

    @AfterEach
    void close() {
        plain.close();
    }

    private void append(long number, int bytes) {
        PrimitiveOperation operation = new PrimitiveOperation(OperationId.command("batch"), new byte[bytes]);
        log.appended(plain.writer().append(new CommandEntry(1, 1, 1, number, operation)));
    }

    private void truncate(long index) {
        log.cut(() -> plain.writer().truncate(index));
    }

    private static long number(RaftLogReader reader) {
        return ((CommandEntry) reader.next().entry()).sequenceNumber();
    }

    /** A follower has applied the first, and a new leader puts another in the place of the third. */
    private List<Long> appliedAfterTheThirdWasReplaced(RaftLogReader reader, int bytes) {
        append(1, 100);
        append(2, 100);
        append(3, 100);
        assertThat(number(reader)).isEqualTo(1);
        truncate(2);
        append(30, bytes);
        append(40, 100);
        List<Long> rest = new ArrayList<>();
        while (reader.hasNext()) {
            rest.add(number(reader));
        }
        return rest;
    }

    @Test
    void readsWhatTookThePlaceOfAnEntryOfTheSameSize() {
        assertThat(appliedAfterTheThirdWasReplaced(log.openReader(1), 100)).containsExactly(2L, 30L, 40L);
    }

    @Test
    void readsWhatTookThePlaceOfAnEntryOfAnotherSize() {
        assertThat(appliedAfterTheThirdWasReplaced(log.openReader(1), 150)).containsExactly(2L, 30L, 40L);
    }

    /** Should this fail there is another Atomix, and {@link CarefulLog} may not be needed any more. */
    @Test
    void atomixByItselfReadsWhatWasReplaced() {
        assertThat(appliedAfterTheThirdWasReplaced(plain.openReader(1), 100)).containsExactly(2L, 3L, 40L);
    }
}
