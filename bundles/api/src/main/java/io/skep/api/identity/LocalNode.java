package io.skep.api.identity;

import io.skep.model.NodeRole;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * This node as a member of a swarm. The service is registered exactly while the node belongs to one: every component that
 * lives only in a swarm (gossip, store, manager, agent) refers to it and so comes and goes with it. All methods are
 * non-blocking and answer the same for the whole life of the service.
 */
@ProviderType
public interface LocalNode {
    /** The node's id, {@code [0-9a-z]{25}}. */
    String nodeId();

    /** The swarm's id, {@code [0-9a-z]{25}}. */
    String swarmId();

    /** This node's member id in the managers' consensus, {@code nodeId:suffix}; new for every data directory. */
    String memberId();

    /** The members with which the consensus group is founded, only on the node that initialised the swarm; otherwise empty. */
    List<String> foundingMembers();

    /** The role that the node joined with. */
    NodeRole role();

    /** The address under which other nodes reach this one, without port. */
    String advertiseAddress();

    /** Where the node keeps what it knows of this swarm; exists, mode 0700. */
    Path directory();

    /** 32 bytes with which gossip is encrypted; a copy. */
    byte[] gossipKey();
}
