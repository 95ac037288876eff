package io.skep.api.identity;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * This node's place among the managers. The service is registered exactly while the node's certificate says that it is one: store
 * and manager refer to it, so that a promotion brings them up and a demotion takes them down. All answers are the same for the whole
 * life of the service. Non-blocking but {@link #founded}.
 */
@ProviderType
public interface LocalManager {
    /** This node's member id in the managers' consensus, {@code nodeId:suffix}; new for every data directory. */
    String memberId();

    /** The members with which the consensus group is founded, only on the node that initialised the swarm; otherwise empty. */
    List<String> foundingMembers();

    /**
     * Where the consensus keeps its files. Exists, with a file {@code consensus.prepared} in it, from before the first group is opened until the node
     * is demoted; a manager that finds it gone at its start is refused, and this service is not registered.
     */
    Path directory();

    /** The 32 bytes with which everything that consensus puts on disk is encrypted, the same on all managers; a copy. */
    byte[] logKey();

    /** What the founder writes into the store first; empty elsewhere, and once {@link #founded} was called. */
    Optional<Founding> founding();

    /** Forgets {@link #founding}, which is in the store now, on disk too. Idempotent; blocking. */
    void founded();
}
