package io.skep.model;

import java.util.Map;

/**
 * What an operator asks of a network.
 *
 * @param name unique
 * @param labels of the network
 * @param driver {@code bridge} or {@code overlay}; empty is the swarm's default
 * @param subnet CIDR; empty lets the swarm choose
 * @param gateway address; empty is the subnet's first
 * @param internal no way out
 * @param attachable for single containers
 * @param ingress carries published ports
 */
public record NetworkSpec(
        String name,
        Map<String, String> labels,
        String driver,
        String subnet,
        String gateway,
        boolean internal,
        boolean attachable,
        boolean ingress) {
    public NetworkSpec {
        labels = Sorted.copy(labels);
    }

    /** A network of this name with everything chosen by the swarm. */
    public static NetworkSpec of(String name) {
        return new NetworkSpec(name, Map.of(), "", "", "", false, false, false);
    }
}
