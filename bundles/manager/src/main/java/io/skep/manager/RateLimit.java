package io.skep.manager;

import java.time.Duration;
import java.time.Instant;

/** How many requests are taken from strangers: so many at once, and so many a second after that. Belongs to one thread. */
final class RateLimit {
    private static final long MILLIS = 1_000;
    private final int atOnce;
    private final int perSecond;
    private long left;
    private Instant filled = Instant.MIN;

    RateLimit(int atOnce, int perSecond) {
        this.atOnce = atOnce;
        this.perSecond = perSecond;
        left = atOnce * MILLIS;
    }

    /** True when one more may come now. */
    boolean take(Instant now) {
        long passed = filled.equals(Instant.MIN)
                ? 0
                : Math.max(0, Math.min(Duration.between(filled, now).toMillis(), MILLIS * atOnce));
        filled = now;
        left = Math.min(atOnce * MILLIS, left + passed * perSecond);
        if (left < MILLIS) {
            return false;
        }
        left -= MILLIS;
        return true;
    }
}
