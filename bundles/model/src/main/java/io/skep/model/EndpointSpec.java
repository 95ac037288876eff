package io.skep.model;

import java.util.List;

/**
 * How clients reach a service.
 *
 * @param mode what its name resolves to
 * @param ports published ports
 */
public record EndpointSpec(Mode mode, List<PortConfig> ports) {
    /** A virtual address, nothing published. */
    public static final EndpointSpec STANDARD = new EndpointSpec(Mode.VIP, List.of());

    public EndpointSpec {
        ports = List.copyOf(ports);
    }

    /** What a service's name resolves to. */
    public enum Mode {
        /** One virtual address for all tasks. */
        VIP,
        /** The addresses of all tasks. */
        DNSRR
    }
}
