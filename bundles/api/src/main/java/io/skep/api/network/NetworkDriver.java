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

    /**
     * The port of the node's loopback at which discovery answers DNS, TCP and UDP, unless both are configured otherwise. A driver leads what
     * a container sends to port 53 of its gateway there, with the container's own address as the source: so a container
     * finds its name server before anything listens on its bridge, and nothing collides with a resolver of the host.
     */
    int NAME_SERVER_PORT = 7953;

    /** Whether it can work on this node: empty, or why not and what to do. */
    Optional<String> problem();

    /**
     * Makes sandboxes, with the bridges of their networks, in as few system calls as it can; those that stand already are left as they are. Either all stand afterwards or
     * those that failed left nothing. A network that spans nodes is stated to {@link #stand} before.
     *
     * @return in the order of the requests
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} for an address outside its subnet, {@code EXHAUSTED}
     */
    List<Sandbox> attach(List<SandboxConfig> requests);

    /**
     * States which networks stand on the node, with or without sandboxes: replaces what was stated before, also by an earlier run. A network
     * that is not named goes once it has no sandbox either; one that spans nodes is then cut off from them at once. What stands already is
     * put in order and goes on carrying packets.
     *
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} for an address outside its subnet or a network stated twice; {@code FAILED}
     *     with the kernel's words, such as for a {@code vni} that another program of the host has
     */
    void stand(List<SegmentConfig> segments);

    /** Removes sandboxes; unknown ids are no error. A bridge goes with its last sandbox, unless its network is stated to stand. */
    void detach(Set<String> sandboxIds);

    /** The ids of all sandboxes of this driver on the node, also those of earlier runs. */
    Set<String> sandboxes();

    /**
     * Who on the node already listens on a port that somebody wants to publish: empty when nobody does, otherwise words for people, such as
     * {@code nginx (pid 812)}. Blocks for milliseconds.
     *
     * @param protocol {@code tcp} or {@code udp}
     * @param port 1–65535
     */
    default Optional<String> portHolder(String protocol, int port) {
        return Optional.empty();
    }

    /**
     * States all routes of the node: replaces what was stated before in one atomic step, so that no connection meets a half-written table. Established
     * connections go on.
     *
     * @throws io.skep.model.SkepException {@code ALREADY_EXISTS} when the node itself listens on a published port: that port keeps its holder, which the
     *     message names, and all other routes stand; {@code FAILED} with the kernel's words
     */
    void route(RouteTable routes);
}
