package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;

/**
 * The one row of what holds for the whole swarm (Docker Engine API, {@code Swarm}).
 *
 * @param id the swarm's id
 * @param createdAt when it was initialised
 * @param spec what operators ask of it
 * @param addressPool CIDR from which subnets are cut
 * @param subnetSize prefix length of a subnet, 16–29
 */
public record Swarm(String id, Instant createdAt, SwarmSpec spec, String addressPool, int subnetSize) implements Row {
    /** A new swarm with the standard spec and Docker's address pool. */
    public static Swarm founded(String id, Instant now) {
        return new Swarm(id, now, SwarmSpec.STANDARD, "10.0.0.0/8", 24);
    }

    /** The same with another spec. */
    public Swarm withSpec(SwarmSpec other) {
        return new Swarm(id, createdAt, other, addressPool, subnetSize);
    }
}
