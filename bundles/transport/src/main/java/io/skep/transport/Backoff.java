package io.skep.transport;

import io.skep.model.SkepException;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** When a node that could not be reached is tried again: soon at first, then ever later, with jitter. */
final class Backoff {
    private static final int MOST_DOUBLINGS = 16;

    private final Pace pace;
    private final DoubleSupplier random;
    private int failures;
    private long next;
    private @Nullable SkepException last;

    /**
     * @param random numbers of [0, 1)
     */
    Backoff(Pace pace, DoubleSupplier random) {
        this.pace = pace;
        this.random = random;
    }

    void reset() {
        failures = 0;
        last = null;
    }

    void failed(SkepException cause, long now) {
        long full = pace.firstRetry().toNanos() << Math.min(failures, MOST_DOUBLINGS);
        long most = Math.min(full, pace.lastRetry().toNanos());
        next = now + (long) (most * (0.5 + random.getAsDouble() / 2));
        failures++;
        last = cause;
    }

    /** Failures in a row. */
    int failures() {
        return failures;
    }

    /** Why the node is not tried at this moment; null when it may be. */
    @Nullable
    SkepException waitsFor(long now) {
        return next - now > 0 ? last : null;
    }

    /** Until the next try. */
    Duration left(long now) {
        return last == null || next <= now ? Duration.ZERO : Duration.ofNanos(next - now);
    }
}
