package io.skep.identity;

import io.skep.api.identity.LocalNode;
import io.skep.model.NodeRole;
import java.nio.file.Path;
import java.util.List;

/** The {@link LocalNode} as it stands in the state directory. */
final class SwarmNode implements LocalNode {
    private final NodeFile file;
    private final Path directory;
    private final byte[] gossipKey;

    SwarmNode(NodeFile file, Path directory, byte[] gossipKey) {
        this.file = file;
        this.directory = directory;
        this.gossipKey = gossipKey;
    }

    @Override
    public String nodeId() {
        return file.nodeId();
    }

    @Override
    public String swarmId() {
        return file.swarmId();
    }

    @Override
    public String memberId() {
        return file.memberId();
    }

    @Override
    public List<String> foundingMembers() {
        return file.foundingMembers();
    }

    @Override
    public NodeRole role() {
        return file.role();
    }

    @Override
    public String advertiseAddress() {
        return file.advertiseAddress();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public byte[] gossipKey() {
        return gossipKey.clone();
    }
}
