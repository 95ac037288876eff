package io.skep.runtime.oci.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A blob that fails at its end, or as soon as it is too long, unless it has the size and digest that its descriptor promises. */
final class VerifiedInputStream extends FilterInputStream {
    private final Descriptor expected;
    private final MessageDigest digest = Sha256.start();
    private long count;
    private boolean verified;

    VerifiedInputStream(InputStream in, Descriptor expected) {
        super(in);
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        if (n > 0) {
            digest.update(buffer, offset, n);
            count += n;
        }
        if (count > expected.size()) {
            throw Failures.malformed(what(), "it is longer than the " + expected.size() + " bytes its manifest says");
        }
        if (n < 0 && !verified) {
            verify();
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] skipped = new byte[(int) Math.min(n, 1 << 16)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() {
        verified = true;
        if (count != expected.size()) {
            throw Failures.malformed(
                    what(), "it has " + count + " bytes, its manifest says " + expected.size() + "; copy it again");
        }
        String actual = Sha256.end(digest);
        if (!actual.equals(expected.digest())) {
            throw Failures.malformed(what(), "its content has the digest " + actual + "; copy it again");
        }
    }

    private String what() {
        return "blob " + expected.digest();
    }
}
