package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;

/**
 * The one row of what holds for the whole swarm (Docker Engine API, {@code Swarm}).
 *
 * @param id the swarm's id
 * @param createdAt when it was initialised
 * @param strategy name of the placement strategy
 * @param taskHistoryLimit dead tasks kept per slot; negative is all
 * @param addressPool CIDR from which subnets are cut
 * @param subnetSize prefix length of a subnet, 16–29
 */
public record Swarm(
        String id, Instant createdAt, String strategy, int taskHistoryLimit, String addressPool, int subnetSize)
        implements Row {
    /** A new swarm with Docker's defaults and the spread strategy. */
    public static Swarm founded(String id, Instant now) {
        return new Swarm(id, now, "spread", 5, "10.0.0.0/8", 24);
    }

    /** The same with another strategy. */
    public Swarm withStrategy(String name) {
        return new Swarm(id, createdAt, name, taskHistoryLimit, addressPool, subnetSize);
    }
}
