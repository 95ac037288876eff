package io.skep.api.transport;

import io.skep.model.NodeRole;

/**
 * The other side of a request.
 *
 * @param nodeId the node's id, from its certificate; empty for one without a certificate
 * @param role the role that its certificate grants and its managers have not withdrawn
 * @param host the numeric address that it was seen under; empty for this node itself
 */
public record Peer(String nodeId, NodeRole role, String host) {
    /** True for one without a certificate. */
    public boolean anonymous() {
        return nodeId.isEmpty();
    }
}
