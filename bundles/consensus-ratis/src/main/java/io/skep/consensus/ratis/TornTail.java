package io.skep.consensus.ratis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off the end of a log that a power loss tore: of what was written but not forced, the disk may hold some sectors and not others.
 * Ratis would not open such a log. A file is filled with zeros before it is written, so a sector of zeros within an entry tells that the
 * entry was never forced, and so never acknowledged. An entry that is damaged otherwise stays, for Ratis to refuse.
 *
 * <p>An entry of the log is its length as a variable-length integer, its content, and the CRC-32C of both.
 */
final class TornTail {
    private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);
    private static final int HEADER = "RaftLog1".length();
    private static final int SECTOR = 512;
    private static final int LONGEST_LENGTH = 5;

    /** What the bytes at a position say of the entry there; they may be wrong. */
    private record Frame(int prefix, int length) {
        int size() {
            return prefix + length + Integer.BYTES;
        }
    }

    private TornTail() {}

    static void cut(Path segment) throws IOException {
        byte[] log = Files.readAllBytes(segment);
        int end = intactUpTo(log);
        if (torn(log, end)) {
            LOG.warn(
                    "{} was torn by a power loss; {} bytes that were never acknowledged go", segment, log.length - end);
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                channel.truncate(end);
            }
        }
    }

    /** Where the first entry begins that is not whole, or the unused rest. */
    static int intactUpTo(byte[] log) {
        int position = Math.min(HEADER, log.length);
        while (position < log.length && whole(log, position)) {
            position += frame(log, position).size();
        }
        return position;
    }

    /** The term of the last whole entry, or -1 when there is none. */
    static long lastTerm(byte[] log) throws IOException {
        int position = Math.min(HEADER, log.length);
        int last = -1;
        while (position < log.length && whole(log, position)) {
            last = position;
            position += frame(log, position).size();
        }
        if (last < 0) {
            return -1;
        }
        Frame frame = frame(log, last);
        return LogEntryProto.parseFrom(ByteBuffer.wrap(log, last + frame.prefix(), frame.length()))
                .getTerm();
    }

    private static Frame frame(byte[] log, int position) {
        int length = 0;
        int used = 0;
        boolean more = true;
        while (more && used < LONGEST_LENGTH && position + used < log.length) {
            byte next = log[position + used];
            length |= (next & 0x7f) << (7 * used);
            used++;
            more = next < 0;
        }
        return new Frame(used, length);
    }

    private static boolean whole(byte[] log, int position) {
        Frame frame = frame(log, position);
        int content = frame.prefix() + frame.length();
        if (frame.length() <= 0 || content > log.length - position - Integer.BYTES) {
            return false;
        }
        CRC32C sum = new CRC32C();
        sum.update(log, position, content);
        return (int) sum.getValue() == ByteBuffer.wrap(log).getInt(position + content);
    }

    /** True when a power loss explains what follows the intact part, and it is not just unused. */
    static boolean torn(byte[] log, int end) {
        if (end == log.length || zero(log, end, log.length)) {
            return false;
        }
        if (log[end] == 0) {
            return true;
        }
        Frame frame = frame(log, end);
        boolean prefixInTwoSectors = end / SECTOR != (end + frame.prefix() - 1) / SECTOR;
        int last = prefixInTwoSectors ? end + SECTOR : Math.min(log.length - end, Math.max(frame.size(), 0)) + end;
        for (int from = (end / SECTOR + 1) * SECTOR; from < Math.min(last, log.length); from += SECTOR) {
            if (zero(log, from, Math.min(from + SECTOR, log.length))) {
                return true;
            }
        }
        return false;
    }

    private static boolean zero(byte[] log, int from, int to) {
        for (int i = from; i < to; i++) {
            if (log[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
