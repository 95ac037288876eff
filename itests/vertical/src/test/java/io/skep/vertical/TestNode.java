package io.skep.vertical;

import io.skep.api.identity.LocalNode;
import io.skep.model.NodeRole;
import java.nio.file.Path;
import java.util.List;

/**
 * A node of the tests' swarm.
 *
 * @param nodeId its id, and its member's
 * @param role the founder is the manager
 */
record TestNode(String nodeId, NodeRole role) implements LocalNode {
    @Override
    public String swarmId() {
        return "swarm";
    }

    @Override
    public String memberId() {
        return "member-" + nodeId;
    }

    @Override
    public List<String> foundingMembers() {
        return role == NodeRole.MANAGER ? List.of(memberId()) : List.of();
    }

    @Override
    public String advertiseAddress() {
        return "127.0.0.1";
    }

    @Override
    public Path directory() {
        return Path.of("unused");
    }

    @Override
    public byte[] gossipKey() {
        return new byte[32];
    }
}
