package io.skep.identity;

import java.time.Duration;
import java.time.Instant;

/** When a certificate is renewed. Pure. */
final class RenewalTime {
    /** A certificate begins earlier than it was made, see {@code Certificates}. */
    private static final Duration LEEWAY = Duration.ofHours(1);

    /** Looked at again after this time at the latest, for somebody may have set the clock. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_PAUSE_EXPONENT = 6;

    private RenewalTime() {}

    /**
     * How long to wait; zero is now. A certificate is renewed when between half and two thirds of its time have passed: nodes that joined
     * together do not ask together, and a third of the time is left to try again.
     *
     * @param from when it begins
     * @param until when it ends
     * @param share of the time between a half and two thirds at which this node asks, from 0 to 1
     */
    static Duration untilDue(Instant now, Instant from, Instant until, double share) {
        Instant made = from.plus(LEEWAY);
        double lifetime = Duration.between(made, until).toMillis();
        Instant due = made.plusMillis((long) (lifetime * (1.0 / 2 + share / 6)));
        Duration left = Duration.between(now, due);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }

    /** How long to wait after so many failures in a row, from one second to a minute. */
    static Duration pause(int failures) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, LONGEST_PAUSE_EXPONENT));
    }
}
