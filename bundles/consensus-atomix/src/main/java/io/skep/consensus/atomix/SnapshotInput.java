package io.skep.consensus.atomix;

import io.atomix.storage.buffer.BufferInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads what a {@link SnapshotOutput} wrote. */
final class SnapshotInput extends InputStream {
    private final BufferInput<?> source;
    private byte[] chunk = new byte[0];
    private int position;
    private boolean ended;

    SnapshotInput(BufferInput<?> source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, bytes, offset, part);
        position += part;
        return part;
    }

    private boolean fill() throws IOException {
        if (position < chunk.length) {
            return true;
        }
        if (ended) {
            return false;
        }
        int length = source.readInt();
        if (length < 0 || length > SnapshotOutput.CHUNK) {
            throw new IOException("the snapshot is damaged: a chunk of " + length + " bytes");
        }
        ended = length == 0;
        chunk = new byte[length];
        position = 0;
        source.read(chunk, 0, length);
        return !ended;
    }
}
