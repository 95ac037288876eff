package io.skep.model;

import io.skep.model.table.Row;

/**
 * A network as it stands on one node, which has an address of its own on it: its containers' gateway there, and what others see of the
 * traffic that the node passes on.
 *
 * @param id {@link #idOf}
 * @param nodeId the node
 * @param networkId the network
 * @param address inside the network's subnet, without prefix length
 */
public record Segment(String id, String nodeId, String networkId, String address) implements Row {
    /** A node's segment of a network. */
    public static Segment of(String nodeId, String networkId, String address) {
        return new Segment(idOf(nodeId, networkId), nodeId, networkId, address);
    }

    /** The id of a node's segment of a network. */
    public static String idOf(String nodeId, String networkId) {
        return nodeId + "." + networkId;
    }
}
