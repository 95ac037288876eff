package io.skep.identity;

import io.skep.api.identity.LocalNode;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.Optional;

/** How this host stands to a swarm. */
sealed interface Standing {
    /** It belongs to none. */
    record Outside() implements Standing {}

    /**
     * It belongs to one, and its keys wait for the unlock key.
     *
     * @param file what can be known without
     */
    record Locked(NodeFile file) implements Standing {}

    /**
     * It takes part in one.
     *
     * @param presence its services
     */
    record Inside(Presence presence) implements Standing {}

    /**
     * It belongs to one and cannot read its own directory.
     *
     * @param cause why not
     */
    record Broken(SkepException cause) implements Standing {
        /** The same for one more caller. */
        SkepException again() {
            return new SkepException(cause.code(), String.valueOf(cause.getMessage()), cause);
        }
    }

    /** The node that takes part, if it does. */
    default Optional<LocalNode> node() {
        return present().map(Presence::node);
    }

    /** The services of the node, if there are any. */
    default Optional<Presence> present() {
        if (this instanceof Broken broken) {
            throw broken.again();
        }
        return this instanceof Inside inside ? Optional.of(inside.presence()) : Optional.empty();
    }

    /** Passes when the host may enter a swarm. */
    default void checkFree() {
        if (this instanceof Inside inside) {
            throw taken(inside.presence().node().swarmId(), "leave it first with swarm:leave");
        }
        if (this instanceof Locked locked) {
            throw taken(
                    locked.file().swarmId(),
                    "and its keys are locked; unlock them with swarm:unlock, or leave it with swarm:leave --force");
        }
        present();
    }

    private static SkepException taken(String swarmId, String remedy) {
        return new SkepException(
                ErrorCode.WRONG_STATE, "this node is already part of swarm " + swarmId + "; " + remedy);
    }
}
