package io.skep.api.network;

import java.util.List;

/**
 * Where this node sends connections, each route's backends in turn.
 *
 * @param ports published ports of this node, reached at every local address, loopback included
 * @param virtualAddresses addresses that stand for a service, reached from containers and from the node
 */
public record RouteTable(List<PortRoute> ports, List<VirtualAddress> virtualAddresses) {
    /** No routes. */
    public static final RouteTable EMPTY = new RouteTable(List.of(), List.of());

    public RouteTable {
        ports = List.copyOf(ports);
        virtualAddresses = List.copyOf(virtualAddresses);
    }

    /**
     * A published port.
     *
     * @param protocol {@code tcp} or {@code udp}
     * @param publishedPort 1–65535
     * @param targetPort the backends' port, 1–65535
     * @param backends container addresses, sorted; empty refuses connections
     */
    public record PortRoute(String protocol, int publishedPort, int targetPort, List<String> backends) {}

    /**
     * A virtual address, for all protocols and ports.
     *
     * @param address inside a network's subnet
     * @param backends container addresses, sorted; empty refuses connections
     */
    public record VirtualAddress(String address, List<String> backends) {}
}
