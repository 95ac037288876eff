package io.skep.runtime.oci.image;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The digests by which blobs, layers and images are known: {@code sha256:} and 64 hexadecimal digits. */
final class Sha256 {
    static final String PREFIX = "sha256:";

    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    private Sha256() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String end(MessageDigest digest) {
        return PREFIX + HexFormat.of().formatHex(digest.digest());
    }

    static String of(byte[] content) {
        MessageDigest digest = start();
        digest.update(content);
        return end(digest);
    }

    static boolean isDigest(String text) {
        return FORM.matcher(text).matches();
    }

    /** The 64 digits, once the form is checked: only they become part of a path. */
    static String hex(String digest) {
        if (!isDigest(digest)) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + Text.printable(digest) + "' is not a digest of the form sha256:<64 hexadecimal digits>;"
                            + " other algorithms are not supported");
        }
        return digest.substring(PREFIX.length());
    }
}
