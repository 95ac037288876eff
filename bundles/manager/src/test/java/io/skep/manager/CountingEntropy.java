package io.skep.manager;

import io.skep.api.kernel.Entropy;

/** Ids in a row, and no chance. */
final class CountingEntropy implements Entropy {
    private int made;

    @Override
    public String newId() {
        made++;
        return "id-" + made;
    }

    @Override
    public long below(long bound) {
        return 0;
    }
}
