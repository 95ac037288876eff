package io.skep.api.transport;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A further look at peers whose certificates are good: a service that the transport asks, when there is one, for every request of theirs, and before
 * every request to them. Called on a thread of the transport; must not block.
 */
@ConsumerType
@FunctionalInterface
public interface Admission {
    /**
     * The peer with the role that it has in truth, which may be less than its certificate says.
     *
     * @throws io.skep.model.SkepException {@code FORBIDDEN} when it is not to be listened to any more
     */
    Peer admit(Peer certified);
}
