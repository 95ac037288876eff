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
 * @param vni the number that tells its packets from those of other networks between nodes (RFC 7348): 4096–16777215; zero for a network
 *     that does not leave its node
 * @param removing goes when the last task has given its address back
 */
public record Network(
        String id, Instant createdAt, NetworkSpec spec, String subnet, String gateway, int vni, boolean removing)
        implements Row {
    /** The same, to be removed once nobody uses it. */
    public Network asRemoving() {
        return new Network(id, createdAt, spec, subnet, gateway, vni, true);
    }
}
