package io.skep.api.network;

/**
 * A network that stands on this node.
 *
 * @param networkId the network's id, {@code [0-9a-z]{25}}
 * @param networkName shown to people
 * @param subnet CIDR of the whole network, such as {@code 10.0.1.0/24}
 * @param address the node's own on the network, inside the subnet: its containers' gateway, and the source of what the node passes on
 *     to containers of other nodes
 * @param internal no way out to other networks
 * @param vni the number that tells its packets from those of other networks between nodes (RFC 7348), 1–16777215; zero for a network
 *     that does not leave the node
 * @param underlay the address at which other nodes reach this one, IPv4; empty for a network that does not leave the node
 */
public record SegmentConfig(
        String networkId,
        String networkName,
        String subnet,
        String address,
        boolean internal,
        int vni,
        String underlay) {}
