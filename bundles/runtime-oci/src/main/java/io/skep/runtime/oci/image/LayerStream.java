package io.skep.runtime.oci.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * A layer's plain bytes on their way to the tar reader: digests and counts all, and keeps a copy of the bytes that the
 * reader takes for the headers of an entry, so that they can be passed on unchanged once the entry is found harmless.
 */
final class LayerStream extends InputStream {
    /** Headers of one entry, long names and extended attributes included. */
    private static final int HEADERS = 1 << 20;

    private final InputStream in;
    private final long limit;
    private final MessageDigest digest = Sha256.start();
    private final ByteArrayOutputStream headers = new ByteArrayOutputStream();
    private boolean recording;
    private long count;

    LayerStream(InputStream in, long limit) {
        this.in = in;
        this.limit = limit;
    }

    /** From here on, what is read belongs to headers. */
    void record() {
        headers.reset();
        recording = true;
    }

    /** The headers read since {@link #record}; what follows is content. */
    byte[] recorded() {
        recording = false;
        return headers.toByteArray();
    }

    /** The digest of all bytes, once they were read to the end. */
    String diffId() throws IOException {
        recording = false;
        transferTo(OutputStream.nullOutputStream());
        return Sha256.end(digest);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = in.read(buffer, offset, length);
        if (n <= 0) {
            return n;
        }
        digest.update(buffer, offset, n);
        count += n;
        if (count > limit) {
            throw LayerScan.tooLarge(limit);
        }
        if (recording) {
            headers.write(buffer, offset, n);
            if (headers.size() > HEADERS) {
                throw new IOException("the headers of an entry are absurdly large");
            }
        }
        return n;
    }
}
