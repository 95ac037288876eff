package io.skep.gossip.atomix;

/** Accepts every counter of a sender once, out of order within a window (the sliding window of IPsec, RFC 4303 §3.4.3). */
final class ReplayWindow {
    private static final int SIZE = 1024;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest;

    /** True for a positive counter that was not accepted before and is not too old to tell. */
    boolean accept(long counter) {
        if (counter <= 0 || counter <= highest - SIZE) {
            return false;
        }
        if (counter > highest) {
            clear(highest + 1, counter);
            highest = counter;
        } else if ((seen[word(counter)] & bit(counter)) != 0) {
            return false;
        }
        seen[word(counter)] |= bit(counter);
        return true;
    }

    private void clear(long from, long to) {
        for (long c = Math.max(from, to - SIZE + 1); c <= to; c++) {
            seen[word(c)] &= ~bit(c);
        }
    }

    private static int word(long counter) {
        return (int) (counter % SIZE) / Long.SIZE;
    }

    private static long bit(long counter) {
        return 1L << (counter % Long.SIZE);
    }
}
