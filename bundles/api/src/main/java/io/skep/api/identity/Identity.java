package io.skep.api.identity;

import io.skep.model.JoinToken;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Brings this node into a swarm and out of it. Blocking; not on the loop. */
@ProviderType
public interface Identity {
    /**
     * This node's place in a swarm, if it has one and is not locked. Non-blocking.
     *
     * @throws io.skep.model.SkepException {@code CORRUPT} or {@code EXHAUSTED} when the node's directory could not be read at the
     *     start; everything but {@link #leave} and {@link #locked} is answered so then
     */
    Optional<LocalNode> current();

    /**
     * Founds a swarm of this one node: makes its root authority, and registers {@link LocalNode} and {@link LocalManager}. The
     * directory is written before the call returns.
     *
     * @throws io.skep.model.SkepException {@code WRONG_STATE} when the node belongs to a swarm, also while it is locked; {@code
     *     INVALID_ARGUMENT} for an address that is none of this host, or when nothing is said and several could be meant
     */
    LocalNode init(Addresses addresses);

    /**
     * Enters a swarm: makes a key, asks one of the managers after the other to sign for it, and registers {@link LocalNode}, for a
     * manager's token {@link LocalManager} too. Takes up to 20 s when managers do not answer. Repeating it after a failure is safe: with
     * the same token what was begun is taken up with the same key, so that the host becomes the same node.
     *
     * @param managers {@code host} or {@code host:port} (2377) of managers
     * @throws io.skep.model.SkepException {@code WRONG_STATE} and {@code INVALID_ARGUMENT} as for {@link #init}; {@code FORBIDDEN} for a
     *     wrong or rotated token, a root other than the token's, or clocks too far apart; {@code PART_MISSING} when no manager answers, or this
     *     node's transport is stopped. A manager's refusal ends the attempt, any other failure goes on to the next manager
     */
    LocalNode join(JoinToken token, List<String> managers, Addresses addresses);

    /**
     * Unregisters the services, and when everything that used them has let go, deletes the directory, the consensus' files in it
     * too. Works while the node is locked or its directory cannot be read. Idempotent.
     */
    void leave();

    /** True when the node belongs to a swarm whose keys wait for {@link #unlock}. */
    boolean locked();

    /**
     * Opens the keys with what {@code swarm:unlock-key} printed on a manager, and registers the services. No change when they are open.
     *
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} for a wrong key, {@code WRONG_STATE} outside of a swarm
     */
    void unlock(String unlockKey);

    /**
     * Closes the keys on disk under another unlock key, or opens them for good when empty. The running node goes on; only its next
     * start asks for the key. Durable when it returns; idempotent. A demotion opens the keys too: nobody would tell a worker of the
     * next unlock key.
     *
     * @param unlockKey text of a {@link io.skep.model.UnlockKey}
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} when it is none; {@code WRONG_STATE} outside of a swarm, while locked,
     *     and for a key on a worker
     */
    void lockWith(Optional<String> unlockKey);
}
