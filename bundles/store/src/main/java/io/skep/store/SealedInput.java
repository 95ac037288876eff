package io.skep.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/** Reads what {@link SealedOutput} wrote; what is not that is {@code CORRUPT}. */
final class SealedInput extends InputStream {
    private final DataInputStream in;
    private final SecretKey key;
    private byte[] chunk = new byte[0];
    private int position;
    private long number;
    private boolean ended;

    SealedInput(LogKey logKey, InputStream in) throws IOException {
        this.in = new DataInputStream(in);
        byte[] salt = new byte[LogKey.SALT_BYTES];
        try {
            if (this.in.readByte() != LogKey.NUMBER) {
                throw unreadable();
            }
            this.in.readFully(salt);
        } catch (EOFException e) {
            throw unreadable();
        }
        key = logKey.derive(LogKey.Purpose.SNAPSHOT, salt);
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
        while (position == chunk.length && !ended) {
            chunk = next();
            position = 0;
        }
        return position < chunk.length;
    }

    private byte[] next() throws IOException {
        try {
            byte[] header = {in.readByte()};
            int length = in.readInt();
            if (length < LogKey.TAG_BYTES || length > SealedOutput.CHUNK + LogKey.TAG_BYTES) {
                throw unreadable();
            }
            byte[] sealed = new byte[length];
            in.readFully(sealed);
            byte[] plain =
                    LogKey.cipher(Cipher.DECRYPT_MODE, key, ++number, header).doFinal(sealed);
            ended = header[0] == 1;
            return plain;
        } catch (EOFException | GeneralSecurityException e) {
            throw unreadable();
        }
    }

    private static RuntimeException unreadable() {
        return LogKey.unreadable("the snapshot of the managers' state");
    }
}
