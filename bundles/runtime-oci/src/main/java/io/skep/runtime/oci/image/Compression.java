package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Undoes the compression that the first bytes of a stream announce; media types and file names are not believed. */
final class Compression {
    private static final int BUFFER = 1 << 16;

    private Compression() {}

    static boolean isGzip(InputStream buffered) throws IOException {
        return startsWith(buffered, 0x1f, 0x8b);
    }

    /** The plain bytes of a stream that is gzip or not compressed at all. */
    static InputStream plain(InputStream in, String what) throws IOException {
        InputStream buffered = new BufferedInputStream(in, BUFFER);
        if (isGzip(buffered)) {
            return new GZIPInputStream(buffered, BUFFER);
        }
        refuse(startsWith(buffered, 0x28, 0xb5, 0x2f, 0xfd), what, "zstd");
        refuse(startsWith(buffered, 0xfd, '7', 'z', 'X', 'Z'), what, "xz");
        refuse(startsWith(buffered, 'B', 'Z', 'h'), what, "bzip2");
        return buffered;
    }

    private static void refuse(boolean found, String what, String compression) {
        if (found) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    what + " is compressed by " + compression + ", which is not supported; write it again with gzip or"
                            + " uncompressed (skopeo copy --dest-compress-format gzip …)");
        }
    }

    private static boolean startsWith(InputStream buffered, int... magic) throws IOException {
        buffered.mark(magic.length);
        byte[] head = buffered.readNBytes(magic.length);
        buffered.reset();
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
