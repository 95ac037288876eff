package io.skep.api.consensus;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An engine that makes the managers of a swarm agree on one order of commands (Ongaro and Ousterhout, "In Search of an
 * Understandable Consensus Algorithm", 2014). Exclusive: bound by a configured target such as {@code (engine=atomix)}.
 * Service property {@code engine}: the engine's name.
 */
@ProviderType
public interface Consensus {
    /**
     * Opens this node's member of the group and begins to replay its log into {@code machine}. Returns at once, before a
     * leader is known; may be called from any thread. At most one group is open at a time.
     *
     * <p>The data directory remembers engine and swarm: a directory that is not its own is refused with {@code CORRUPT}, a
     * message that names both.
     */
    Group open(GroupConfig config, StateMachine machine);
}
