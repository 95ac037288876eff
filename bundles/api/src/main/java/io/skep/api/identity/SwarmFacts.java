package io.skep.api.identity;

import io.skep.model.GossipKey;
import io.skep.model.NodeRole;
import java.util.List;

/**
 * What the leader tells a node that it must know to take part in its swarm.
 *
 * @param managers where to find one; never empty
 * @param gossipKeys by number: all are understood, and the last but one is used to send, so that a new one is known everywhere before
 *     anybody uses it
 * @param roots PEM of the root certificates to trust; the last one signs
 * @param role the role that this node is to have now; when its certificate says another, it asks for a new one
 * @param revoked ids of nodes that are not to be listened to, sorted
 */
public record SwarmFacts(
        List<ManagerAddress> managers,
        List<GossipKey> gossipKeys,
        List<String> roots,
        NodeRole role,
        List<String> revoked) {
    public SwarmFacts {
        managers = List.copyOf(managers);
        gossipKeys = List.copyOf(gossipKeys);
        roots = List.copyOf(roots);
        revoked = List.copyOf(revoked);
    }
}
