package io.skep.runtime.oci.image;

import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** Looks at the raw headers of one tar entry. */
final class RawHeaders {
    private static final int BLOCK = 512;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE = 156;

    private RawHeaders() {}

    /** Refuses a global header: it would also rename entries that are left out, and two readers would disagree about it. */
    static void requireLocal(byte[] headers, int from) throws IOException {
        int at = from;
        while (at + BLOCK <= headers.length) {
            byte type = headers[at + TYPE];
            if (type == TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER) {
                throw new IOException("it has a global header, which layers may not have");
            }
            if (!describesAnother(type)) {
                return;
            }
            long size = size(headers, at);
            if (size < 0 || size > headers.length) {
                throw new IOException("the size of an extended header is wrong");
            }
            at += BLOCK + (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
        }
    }

    private static boolean describesAnother(byte type) {
        return type == TarConstants.LF_PAX_EXTENDED_HEADER_LC
                || type == TarConstants.LF_PAX_EXTENDED_HEADER_UC
                || type == TarConstants.LF_GNUTYPE_LONGNAME
                || type == TarConstants.LF_GNUTYPE_LONGLINK;
    }

    private static long size(byte[] headers, int at) throws IOException {
        try {
            return TarUtils.parseOctalOrBinary(headers, at + SIZE, SIZE_LENGTH);
        } catch (IllegalArgumentException e) {
            throw new IOException("the size of an extended header cannot be read", e);
        }
    }
}
