package io.skep.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How far an update has come; the only memory of it.
 *
 * @param state where it is
 * @param startedAt when it began
 * @param completedAt when it ended
 * @param message for people
 */
public record UpdateStatus(State state, Instant startedAt, Optional<Instant> completedAt, String message) {
    /** Where an update is. */
    public enum State {
        UPDATING,
        PAUSED,
        COMPLETED,
        ROLLBACK_STARTED,
        ROLLBACK_PAUSED,
        ROLLBACK_COMPLETED
    }
}
