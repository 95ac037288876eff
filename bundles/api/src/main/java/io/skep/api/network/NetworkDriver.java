package io.skep.api.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gives containers a network namespace each and carries packets between them and to published ports. A set of plug-ins with the service property
 * {@code driver}, such as {@code linux}. All methods may block; call them from an Effects thread. Every verb states what should be and is
 * idempotent. Deactivation tears nothing down; activation takes up what an earlier run left.
 */
@ConsumerType
public interface NetworkDriver {
    /** The service property that names the driver. */
    String PROPERTY = "driver";

    /** Whether it can work on this node: empty, or why not and what to do. */
    Optional<String> problem();

    /**
     * Makes sandboxes, with the bridges of their networks, in as few system calls as it can; those that stand already are left as they are. Either all stand afterwards or
     * those that failed left nothing.
     *
     * @return in the order of the requests
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} for an address outside its subnet, {@code EXHAUSTED}
     */
    List<Sandbox> attach(List<SandboxConfig> requests);

    /** Removes sandboxes; unknown ids are no error. A bridge goes with its last sandbox. */
    void detach(Set<String> sandboxIds);

    /** The ids of all sandboxes of this driver on the node, also those of earlier runs. */
    Set<String> sandboxes();

    /**
     * States all routes of the node: replaces what was stated before in one atomic step, so that no connection meets a half-written table. Established
     * connections go on.
     *
     * @throws io.skep.model.SkepException {@code FAILED} with the kernel's words
     */
    void route(RouteTable routes);
}
