package io.skep.api.transport;

import io.skep.model.NodeRole;

/** Who may ask a subject. Checked by the transport before a handler sees anything. */
public enum Access {
    /** Everybody who reaches the port, also without a certificate. */
    ANYONE,
    /** Nodes of this swarm. */
    MEMBERS,
    /** Managers of this swarm, and this node itself. */
    MANAGERS;

    /** True when this peer may ask. A node may always ask itself, whatever its role. */
    public boolean admits(Peer peer) {
        return switch (this) {
            case ANYONE -> true;
            case MEMBERS -> !peer.anonymous();
            case MANAGERS -> !peer.anonymous() && peer.role() == NodeRole.MANAGER;
        };
    }
}
