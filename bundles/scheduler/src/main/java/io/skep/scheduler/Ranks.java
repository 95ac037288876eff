package io.skep.scheduler;

/** How good each of a fixed number of choices is: fit before faulty before unfit, then the lower score, then the lower ordinal. */
final class Ranks {
    /** Can be chosen. */
    static final byte FIT = 0;
    /** Can be chosen when nothing else can. */
    static final byte FAULTY = 1;
    /** Cannot be chosen now. */
    static final byte UNFIT = 2;

    private final byte[] tiers;
    private final long[] scores;

    Ranks(int choices) {
        tiers = new byte[choices];
        scores = new long[choices];
    }

    int size() {
        return scores.length;
    }

    void set(int choice, byte tier, long score) {
        tiers[choice] = tier;
        scores[choice] = score;
    }

    boolean unfit(int choice) {
        return tiers[choice] == UNFIT;
    }

    boolean before(int left, int right) {
        if (tiers[left] != tiers[right]) {
            return tiers[left] < tiers[right];
        }
        return scores[left] != scores[right] ? scores[left] < scores[right] : left < right;
    }
}
