package io.skep.model;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What opens the keys of a locked manager: {@code SKEPKEY-1-DIGITS}.
 *
 * @param digits 32 bytes in 50 digits of base 36, with leading zeros
 */
public record UnlockKey(Sensitive digits) {
    /** How many bytes there are. */
    public static final int BYTES = 32;

    private static final Pattern FORM = Pattern.compile("SKEPKEY-1-([0-9a-z]{50})");
    private static final int DIGITS = 50;
    private static final int BASE = 36;

    /** A key of these bytes, {@link #BYTES} of them. */
    public static UnlockKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT, "an unlock key has " + BYTES + " bytes, not " + bytes.length);
        }
        String digits = new BigInteger(1, bytes).toString(BASE).toLowerCase(Locale.ROOT);
        return new UnlockKey(new Sensitive("0".repeat(DIGITS - digits.length()) + digits));
    }

    /**
     * Reads a key.
     *
     * @throws SkepException {@code INVALID_ARGUMENT} when the text is none; the message does not repeat it
     */
    public static UnlockKey parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches() || new BigInteger(matcher.group(1), BASE).bitLength() > BYTES * Byte.SIZE) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "this is not an unlock key; copy the whole line that swarm:unlock-key prints on a manager");
        }
        return new UnlockKey(new Sensitive(matcher.group(1)));
    }

    /** Its bytes; a copy. */
    public byte[] bytes() {
        byte[] magnitude = new BigInteger(digits.value(), BASE).toByteArray();
        byte[] bytes = new byte[BYTES];
        // A leading byte for the sign, or leading bytes that are zero, make the two lengths differ.
        int length = Math.min(magnitude.length, BYTES);
        System.arraycopy(magnitude, magnitude.length - length, bytes, BYTES - length, length);
        return bytes;
    }

    /** The text for people to copy. */
    public String text() {
        return "SKEPKEY-1-" + digits.value();
    }
}
