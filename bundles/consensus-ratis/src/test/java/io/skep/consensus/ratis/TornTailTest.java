package io.skep.consensus.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TornTailTest {
    private static final int PREALLOCATED = 8 * 1024;
    private static final byte[] HEADER = {'R', 'a', 'f', 't', 'L', 'o', 'g', '1'};

    private final Path segment;

    TornTailTest(@TempDir Path directory) {
        segment = directory.resolve("log_inprogress_0");
    }

    /** A log of entries of so many bytes, followed by unused space. */
    private static byte[] log(int... sizes) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        log.writeBytes(HEADER);
        for (int size : sizes) {
            log.writeBytes(entry(size));
        }
        return Arrays.copyOf(log.toByteArray(), PREALLOCATED);
    }

    private static byte[] entry(int size) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        for (int left = size; left != 0; left >>>= 7) {
            entry.write(left >>> 7 == 0 ? left : (left & 0x7f) | 0x80);
        }
        for (int i = 0; i < size; i++) {
            entry.write(1 + i % 100);
        }
        CRC32C sum = new CRC32C();
        sum.update(entry.toByteArray());
        entry.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
        return entry.toByteArray();
    }

    private byte[] cut(byte[] log) throws IOException {
        Files.write(segment, log);
        TornTail.cut(segment);
        return Files.readAllBytes(segment);
    }

    @Test
    void leavesAWholeLogAsItIs() throws IOException {
        byte[] log = log(100, 2000, 30);

        assertThat(cut(log)).isEqualTo(log);
        assertThat(cut(log())).isEqualTo(log());
        assertThat(cut(new byte[0])).isEmpty();
        assertThat(cut(new byte[PREALLOCATED])).isEqualTo(new byte[PREALLOCATED]);
    }

    @Test
    void cutsOffAnEntryOfWhichASectorIsMissing() throws IOException {
        byte[] log = log(100, 2000, 2000);
        int second = HEADER.length + entry(100).length;
        Arrays.fill(log, 1024, 1536, (byte) 0);

        assertThat(cut(log)).isEqualTo(Arrays.copyOf(log, second));
    }

    @Test
    void cutsOffWhatFollowsASectorThatIsMissingAtTheBeginningOfAnEntry() throws IOException {
        byte[] log = log(1024 - HEADER.length - 6, 2000, 2000);
        Arrays.fill(log, 1024, 1536, (byte) 0);

        assertThat(cut(log)).isEqualTo(Arrays.copyOf(log, 1024));
    }

    @Test
    void cutsOffAnEntryWhoseLengthIsHalfThere() throws IOException {
        byte[] log = log(1023 - HEADER.length - 6, 2000, 2000);
        Arrays.fill(log, 1024, 1536, (byte) 0);

        assertThat(cut(log)).isEqualTo(Arrays.copyOf(log, 1023));
    }

    @Test
    void leavesAnEntryThatIsDamagedOtherwise() throws IOException {
        byte[] log = log(100, 2000, 30);
        log[1000] ^= 1;

        assertThat(cut(log)).isEqualTo(log);
    }

    @Test
    void leavesADamagedLastEntry() throws IOException {
        byte[] log = log(100, 2000);
        log[1000] ^= 1;

        assertThat(cut(log)).isEqualTo(log);
    }
}
