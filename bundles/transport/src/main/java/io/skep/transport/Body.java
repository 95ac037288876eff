package io.skep.transport;

import io.netty.handler.codec.CorruptedFrameException;
import java.nio.ByteBuffer;

/** A body that arrives in pieces. */
final class Body {
    private final byte[] bytes;
    private int filled;

    Body(int total, ByteBuffer first) {
        boolean whole = first.remaining() == total && first.arrayOffset() == 0 && first.array().length == total;
        bytes = whole ? first.array() : new byte[total];
        if (whole) {
            filled = total;
        } else {
            add(first);
        }
    }

    void add(ByteBuffer piece) {
        int length = piece.remaining();
        if (length == 0 || length > bytes.length - filled) {
            throw new CorruptedFrameException(
                    "a piece of " + length + " bytes where " + (bytes.length - filled) + " are missing");
        }
        piece.get(bytes, filled, length);
        filled += length;
    }

    boolean complete() {
        return filled == bytes.length;
    }

    /** All of it, once it is complete. */
    byte[] bytes() {
        return bytes;
    }
}
