package io.skep.model;

/**
 * A network that stands on a node: what the node tells all others in the gossip table {@link #TABLE}, under the network's id, as
 * {@link io.skep.model.codec.Codec#toBytes} writes it.
 *
 * @param networkId which network
 * @param address the node's own on it
 * @param underlay the address at which other nodes reach this one, IPv4; empty for a network that does not leave its node
 */
public record StandingSegment(String networkId, String address, String underlay) {
    /** The gossip table of segments: owner is the node, key the network's id. */
    public static final String TABLE = "segments";
}
