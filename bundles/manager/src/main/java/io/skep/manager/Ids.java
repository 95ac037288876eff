package io.skep.manager;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * The ids and the time of one request. Ids follow from the request's id, so that a request that is repeated names the same objects.
 *
 * @param requestId names the request
 * @param now when it came
 */
record Ids(String requestId, Instant now) {
    private static final int LENGTH = 25;
    private static final int RADIX = 36;

    /** The id of the object that the request makes under this name. */
    String of(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((requestId + '/' + name).getBytes(StandardCharsets.UTF_8));
            String digits = new BigInteger(1, digest).toString(RADIX);
            return "0".repeat(Math.max(0, LENGTH - digits.length()))
                    + digits.substring(Math.max(0, digits.length() - LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
