package io.skep.api.gossip;

/**
 * A node as gossip sees it.
 *
 * @param nodeId the node's id
 * @param address {@code host:port} of its gossip
 * @param liveness what the failure detector thinks
 */
public record Member(String nodeId, String address, Liveness liveness) {
    /** The failure detector's opinion. */
    public enum Liveness {
        /** Answers probes. */
        ALIVE,
        /** Failed to answer and may refute. */
        SUSPECT,
        /** Did not refute in time. */
        DEAD
    }
}
