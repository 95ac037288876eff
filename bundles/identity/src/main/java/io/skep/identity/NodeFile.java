package io.skep.identity;

import io.skep.model.NodeRole;
import java.util.List;

/**
 * What is written to {@code node.json}; without secrets.
 *
 * @param nodeId the node's id
 * @param swarmId the swarm's id
 * @param memberId the consensus member
 * @param foundingMembers members of the group when this node founded it
 * @param role the role it joined with
 * @param advertiseAddress address for other nodes
 */
record NodeFile(
        String nodeId,
        String swarmId,
        String memberId,
        List<String> foundingMembers,
        NodeRole role,
        String advertiseAddress) {
    NodeFile {
        foundingMembers = List.copyOf(foundingMembers);
    }
}
