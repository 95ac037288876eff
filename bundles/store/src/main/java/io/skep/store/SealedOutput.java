package io.skep.store;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Seals a snapshot in chunks, so that reading it needs no more memory than one: number of the key and a salt, then for each chunk whether it is the last,
 * its length, ciphertext and tag. Chunks are numbered, and the last is marked, so that none can be left out. Closing does not close what is beneath.
 */
final class SealedOutput extends OutputStream {
    static final int CHUNK = 64 * 1024;

    private final DataOutputStream out;
    private final SecretKey key;
    private final byte[] chunk = new byte[CHUNK];
    private int filled;
    private long number;
    private boolean closed;

    SealedOutput(LogKey logKey, OutputStream out) throws IOException {
        this.out = new DataOutputStream(out);
        byte[] salt = logKey.newSalt();
        key = logKey.derive(LogKey.Purpose.SNAPSHOT, salt);
        this.out.writeByte(LogKey.NUMBER);
        this.out.write(salt);
    }

    @Override
    public void write(int value) throws IOException {
        if (filled == CHUNK) {
            flushChunk(false);
        }
        chunk[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int done = 0;
        while (done < length) {
            if (filled == CHUNK) {
                flushChunk(false);
            }
            int part = Math.min(length - done, CHUNK - filled);
            System.arraycopy(bytes, offset + done, chunk, filled, part);
            filled += part;
            done += part;
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            flushChunk(true);
            out.flush();
        }
    }

    private void flushChunk(boolean last) throws IOException {
        byte[] header = {(byte) (last ? 1 : 0)};
        try {
            byte[] sealed =
                    LogKey.cipher(Cipher.ENCRYPT_MODE, key, ++number, header).doFinal(chunk, 0, filled);
            out.write(header);
            out.writeInt(sealed.length);
            out.write(sealed);
        } catch (GeneralSecurityException e) {
            throw LogKey.missing(e);
        }
        filled = 0;
    }
}
