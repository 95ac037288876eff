package io.skep.model;

import java.time.Duration;

/**
 * What happens when a task ends (Docker Engine API, {@code RestartPolicy}).
 *
 * @param condition which ends lead to a restart
 * @param delay between an end and the restart
 * @param maxAttempts restarts of one slot within {@code window}; zero is unlimited
 * @param window in which attempts count; zero is for ever
 */
public record RestartPolicy(Condition condition, Duration delay, int maxAttempts, Duration window) {
    /** Any end, after 5 s, for ever: Docker's default. */
    public static final RestartPolicy STANDARD =
            new RestartPolicy(Condition.ANY, Duration.ofSeconds(5), 0, Duration.ZERO);

    /** Which ends lead to a restart. */
    public enum Condition {
        NONE,
        ON_FAILURE,
        ANY
    }
}
