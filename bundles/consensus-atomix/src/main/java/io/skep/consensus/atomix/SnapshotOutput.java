package io.skep.consensus.atomix;

import io.atomix.storage.buffer.BufferOutput;
import java.io.OutputStream;
import java.util.Objects;

/** Writes a stream of any length into a snapshot, in chunks each with its length before it and a zero after the last. */
final class SnapshotOutput extends OutputStream {
    static final int CHUNK = 64 * 1024;

    private final BufferOutput<?> target;
    private final byte[] chunk = new byte[CHUNK];
    private int filled;
    private boolean closed;

    SnapshotOutput(BufferOutput<?> target) {
        this.target = target;
    }

    @Override
    public void write(int value) {
        if (filled == CHUNK) {
            flushChunk();
        }
        chunk[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == CHUNK) {
                flushChunk();
            }
            int part = Math.min(left, CHUNK - filled);
            System.arraycopy(bytes, from, chunk, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
    }

    private void flushChunk() {
        target.writeInt(filled);
        target.write(chunk, 0, filled);
        filled = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (filled > 0) {
                flushChunk();
            }
            target.writeInt(0);
        }
    }
}
