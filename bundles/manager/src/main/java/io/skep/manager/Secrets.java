package io.skep.manager;

import io.skep.model.Sensitive;
import io.skep.model.UnlockKey;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;

/** New secrets. Not from {@code Entropy}, whose ids have fewer random bits than a key needs. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int DIGITS = 25;
    private static final int RADIX = 36;

    private Secrets() {}

    /** 32 bytes in base 64. */
    static Sensitive key() {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return new Sensitive(Base64.getEncoder().encodeToString(bytes));
    }

    /** What unlocks managers. */
    static Sensitive unlockKey() {
        byte[] bytes = new byte[UnlockKey.BYTES];
        RANDOM.nextBytes(bytes);
        return new Sensitive(UnlockKey.of(bytes).text());
    }

    /** The secret of a join token: 25 digits of base 36. */
    static Sensitive ofToken() {
        BigInteger most = BigInteger.valueOf(RADIX).pow(DIGITS);
        BigInteger number;
        do {
            number = new BigInteger(most.bitLength(), RANDOM);
        } while (number.compareTo(most) >= 0);
        String digits = number.toString(RADIX);
        return new Sensitive("0".repeat(DIGITS - digits.length()) + digits);
    }
}
