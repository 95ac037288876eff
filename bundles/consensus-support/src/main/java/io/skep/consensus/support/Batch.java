package io.skep.consensus.support;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Several commands in one entry of the log, and their answers in one result: one flush and one round trip serve them all.
 */
public final class Batch {
    /** So many that the answers, 64 KiB each at most, fit into one message. */
    public static final int MAX_COMMANDS = 60;
    /** So large that an entry of the log, which engines read and copy as a whole, stays small. */
    public static final int MAX_BYTES = 128 * 1024;

    private Batch() {}

    public static byte[] ofCommands(List<byte[]> commands) {
        return encode(0, commands).array();
    }

    public static byte[] ofAnswers(long index, List<byte[]> answers) {
        return encode(Long.BYTES, answers).putLong(0, index).array();
    }

    public static List<byte[]> commands(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes));
    }

    public static List<byte[]> answers(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes).position(Long.BYTES));
    }

    /** The log index under which a batch was applied, from its answers. */
    public static long index(byte[] answers) {
        return ByteBuffer.wrap(answers).getLong();
    }

    private static ByteBuffer encode(int reserved, List<byte[]> parts) {
        int size = reserved + Integer.BYTES;
        for (byte[] part : parts) {
            size += Integer.BYTES + part.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).position(reserved).putInt(parts.size());
        parts.forEach(part -> buffer.putInt(part.length).put(part));
        return buffer;
    }

    private static List<byte[]> decode(ByteBuffer buffer) {
        int count = buffer.getInt();
        List<byte[]> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] part = new byte[buffer.getInt()];
            buffer.get(part);
            parts.add(part);
        }
        return parts;
    }
}
