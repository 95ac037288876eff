package io.skep.api.consensus;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An engine that makes the managers of a swarm agree on one order of commands (Ongaro and Ousterhout, "In Search of an
 * Understandable Consensus Algorithm", 2014). Exclusive: the store uses the engine that the swarm's present
 * {@link io.skep.api.store.Epoch} names. Service property {@code engine}: the engine's name.
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

    /**
     * Brings into {@code machine}, which is new, everything that the closed member of this directory has on disk: its snapshot and its whole log, in
     * order, also what a majority may never have had. What was acknowledged and reached this member is among it. Asks nobody, and leaves the
     * directory such that it can be opened as before. Called when a majority is lost for good. Blocks as long as reading the log takes; not
     * while the group is open.
     *
     * @throws io.skep.model.SkepException {@code CORRUPT} for a directory that is not its own or cannot be read, {@code IN_USE} when it
     *     is open, {@code FAILED}
     */
    void salvage(GroupConfig config, StateMachine machine);
}
