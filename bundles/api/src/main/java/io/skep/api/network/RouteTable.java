package io.skep.api.network;

import java.util.List;

/**
 * Where this node sends connections, each route's backends in turn.
 *
 * @param ports published ports of this node, reached at every local address, loopback included
 * @param virtualAddresses addresses that stand for a service, reached from containers and from the node
 * @param overlays networks that span nodes, each with the other nodes on it; those that do not stand here carry nothing
 */
public record RouteTable(List<PortRoute> ports, List<VirtualAddress> virtualAddresses, List<Overlay> overlays) {
    /** No routes. */
    public static final RouteTable EMPTY = new RouteTable(List.of(), List.of());

    /** Routes of a node that has no others. */
    public RouteTable(List<PortRoute> ports, List<VirtualAddress> virtualAddresses) {
        this(ports, virtualAddresses, List.of());
    }

    public RouteTable {
        ports = List.copyOf(ports);
        virtualAddresses = List.copyOf(virtualAddresses);
        overlays = List.copyOf(overlays);
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

    /**
     * A network that spans nodes.
     *
     * @param networkId the network's id
     * @param peers the other nodes on which it stands, sorted
     */
    public record Overlay(String networkId, List<Peer> peers) {
        public Overlay {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Another node on a network.
     *
     * @param underlay the address at which nodes reach it, IPv4
     * @param address its own on the network
     * @param containers addresses of its containers on the network, sorted; what is sent to one that is not named here goes to all peers
     */
    public record Peer(String underlay, String address, List<String> containers) {
        public Peer {
            containers = List.copyOf(containers);
        }
    }
}
