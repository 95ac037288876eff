package io.skep.model;

import java.time.Duration;

/**
 * How running tasks are replaced when the spec changes (Docker Engine API, {@code UpdateConfig}).
 *
 * @param parallelism slots at once; zero is all
 * @param delay between batches
 * @param failureAction when too many fail
 * @param monitor how long a new task is watched
 * @param maxFailureRatio 0–1
 * @param order which task goes first
 */
public record UpdateConfig(
        int parallelism,
        Duration delay,
        FailureAction failureAction,
        Duration monitor,
        double maxFailureRatio,
        Order order) {
    /** One at a time, watched for 5 s, paused on failure, old task first: Docker's default. */
    public static final UpdateConfig STANDARD =
            new UpdateConfig(1, Duration.ZERO, FailureAction.PAUSE, Duration.ofSeconds(5), 0, Order.STOP_FIRST);

    /** What follows too many failures. */
    public enum FailureAction {
        PAUSE,
        CONTINUE,
        ROLLBACK
    }

    /** Which task goes first. */
    public enum Order {
        STOP_FIRST,
        START_FIRST
    }
}
