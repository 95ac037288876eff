package io.skep.model;

import java.time.Duration;

/**
 * What an operator asks of the swarm as a whole (Docker Engine API, {@code SwarmSpec}).
 *
 * @param strategy name of the placement strategy
 * @param taskHistoryLimit dead tasks kept per slot; negative is all
 * @param heartbeatPeriod how often agents tell that they live; 100 ms to 10 s. A node is down after five periods without a word. Where
 *     there are so many nodes that the leader would hear more than 800 a second, they tell it less often
 * @param certificateLifetime of new node certificates; at least one hour
 * @param autolock managers ask for a key after their start
 */
public record SwarmSpec(
        String strategy,
        int taskHistoryLimit,
        Duration heartbeatPeriod,
        Duration certificateLifetime,
        boolean autolock) {
    /** Docker's defaults, with the spread strategy and a quicker heartbeat. */
    public static final SwarmSpec STANDARD =
            new SwarmSpec("spread", 5, Duration.ofMillis(400), Duration.ofDays(90), false);

    /** The same with another strategy. */
    public SwarmSpec withStrategy(String name) {
        return new SwarmSpec(name, taskHistoryLimit, heartbeatPeriod, certificateLifetime, autolock);
    }

    /** The same with another history. */
    public SwarmSpec withTaskHistoryLimit(int limit) {
        return new SwarmSpec(strategy, limit, heartbeatPeriod, certificateLifetime, autolock);
    }
}
