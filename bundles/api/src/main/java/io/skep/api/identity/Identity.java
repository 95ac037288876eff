package io.skep.api.identity;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Brings this node into a swarm and out of it. Blocking; not on the loop. */
@ProviderType
public interface Identity {
    /** This node's place in a swarm, if it has one. */
    Optional<LocalNode> current();

    /**
     * Founds a swarm of this one node and registers its {@link LocalNode}. The directory is written before the call returns.
     *
     * @param advertiseAddress IP address for other nodes; empty chooses that of the default route, or loopback
     * @throws io.skep.model.SkepException {@code WRONG_STATE} when the node belongs to a swarm
     */
    LocalNode init(Optional<String> advertiseAddress);

    /**
     * Unregisters the {@link LocalNode}, and when everything that used it has let go, deletes its directory. Idempotent.
     */
    void leave();
}
