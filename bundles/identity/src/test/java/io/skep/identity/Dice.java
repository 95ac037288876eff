package io.skep.identity;

import io.skep.api.kernel.Entropy;
import java.util.Random;

/** Repeatable randomness. */
final class Dice implements Entropy {
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final Random random = new Random(1);

    @Override
    public String newId() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return id.toString();
    }

    @Override
    public long below(long bound) {
        return random.nextLong(bound);
    }
}
