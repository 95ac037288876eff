package io.skep.agent;

import io.skep.api.kernel.Entropy;
import java.util.Random;

/** Ids in a row, and numbers from a fixed seed. */
final class CountingEntropy implements Entropy {
    private final Random random = new Random(7);
    private int made;

    @Override
    public String newId() {
        return "id-" + ++made;
    }

    @Override
    public long below(long bound) {
        return Math.floorMod(random.nextLong(), bound);
    }
}
