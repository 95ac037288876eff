package io.skep.store;

import io.skep.api.identity.LocalNode;
import io.skep.model.NodeRole;
import java.nio.file.Path;
import java.util.List;

/** The first manager of a swarm, for tests. */
final class FoundingNode implements LocalNode {
    @Override
    public String nodeId() {
        return "node";
    }

    @Override
    public String swarmId() {
        return "swarm";
    }

    @Override
    public String memberId() {
        return "member";
    }

    @Override
    public List<String> foundingMembers() {
        return List.of("member");
    }

    @Override
    public NodeRole role() {
        return NodeRole.MANAGER;
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
