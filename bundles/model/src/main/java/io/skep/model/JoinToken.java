package io.skep.model;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lets a host into a swarm: {@code SWMTKN-1-DIGEST-SECRET}, the form of Docker Swarm's tokens. The digest tells the joining host
 * whom to trust, the secret tells the managers in which role it comes.
 *
 * @param digest of the swarm's root certificate: 50 digits of base 36, see {@link #digestOf}
 * @param secret 25 digits of base 36
 */
public record JoinToken(String digest, Sensitive secret) {
    private static final Pattern FORM = Pattern.compile("SWMTKN-1-([0-9a-z]{50})-([0-9a-z]{25})");
    private static final int DIGEST_DIGITS = 50;
    private static final int BASE = 36;

    /**
     * Reads a token.
     *
     * @throws SkepException {@code INVALID_ARGUMENT} when the text is none; the message does not repeat it
     */
    public static JoinToken parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().replace("swmtkn", "SWMTKN"));
        if (!matcher.matches()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "this is not a join token; copy the whole line that swarm:join-token prints on a manager");
        }
        return new JoinToken(matcher.group(1), new Sensitive(matcher.group(2)));
    }

    /** The SHA-256 of a certificate's DER bytes in 50 digits of base 36, with leading zeros. */
    public static String digestOf(byte[] certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate);
            String digits = new BigInteger(1, hash).toString(BASE).toLowerCase(Locale.ROOT);
            return "0".repeat(DIGEST_DIGITS - digits.length()) + digits;
        } catch (NoSuchAlgorithmException e) {
            throw new SkepException(ErrorCode.FAILED, "this Java has no SHA-256", e);
        }
    }

    /** The text for people to copy. */
    public String text() {
        return "SWMTKN-1-" + digest + "-" + secret.value();
    }
}
