package io.skep.api.transport;

import io.skep.model.NodeRole;

/**
 * The authenticated other side of a request.
 *
 * @param nodeId the node's id, from its certificate
 * @param role the role that its certificate grants now
 */
public record Peer(String nodeId, NodeRole role) {}
