package io.skep.orchestrator;

import io.skep.model.UpdateConfig;
import java.time.Instant;
import java.util.Optional;

/** How many slots an update config lets change at once, and how many are at it: each from its change until its new task settled and the delay passed. */
final class Pace {
    private final UpdateConfig config;
    private final Instant now;
    private int busy;
    private Instant nextFree = Instant.MAX;

    Pace(UpdateConfig config, Instant now) {
        this.config = config;
        this.now = now;
    }

    /**
     * Counts a slot that was changed.
     *
     * @param settled when a new task of it first ran or ended; empty before
     */
    void count(Optional<Instant> settled) {
        Instant free = settled.map(at -> at.plus(config.delay())).orElse(Instant.MAX);
        if (free.isAfter(now)) {
            busy++;
            nextFree = free.isBefore(nextFree) ? free : nextFree;
        }
    }

    /** How many of the slots that wait may be changed now. */
    int free(int waiting) {
        return config.parallelism() == 0 ? waiting : Math.max(0, config.parallelism() - busy);
    }

    /** When a slot that settled has waited for the delay; {@link Instant#MAX} when none waits. */
    Instant nextFree() {
        return nextFree;
    }
}
