package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;

/**
 * A network and the addresses that the swarm gave it.
 *
 * @param id object id
 * @param createdAt when it was created
 * @param spec what was asked
 * @param subnet CIDR, IPv4
 * @param gateway inside the subnet
 */
public record Network(String id, Instant createdAt, NetworkSpec spec, String subnet, String gateway) implements Row {}
