package io.skep.network.linux;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.Overlay;
import io.skep.api.network.RouteTable.Peer;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.net.Subnet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks routes before they become text for a program, and writes their addresses in one form. Pure. */
final class ValidRoutes {
    private static final int MAX_PORT = 65535;

    private final Set<String> keys = new HashSet<>();

    private ValidRoutes() {}

    /** The same routes, or {@code INVALID_ARGUMENT}. */
    static RouteTable of(RouteTable routes) {
        ValidRoutes valid = new ValidRoutes();
        return new RouteTable(
                routes.ports().stream().map(valid::port).toList(),
                routes.virtualAddresses().stream().map(valid::virtualAddress).toList(),
                routes.overlays().stream().map(valid::overlay).toList());
    }

    private PortRoute port(PortRoute route) {
        boolean known = route.protocol().equals("tcp") || route.protocol().equals("udp");
        if (!known || !inRange(route.publishedPort()) || !inRange(route.targetPort())) {
            throw invalid("port " + route.publishedPort() + ":" + route.targetPort() + "/" + route.protocol()
                    + " cannot be published; use tcp or udp and 1 to 65535");
        }
        once(route.publishedPort() + "/" + route.protocol());
        return new PortRoute(route.protocol(), route.publishedPort(), route.targetPort(), addresses(route.backends()));
    }

    private VirtualAddress virtualAddress(VirtualAddress route) {
        String address = address(route.address());
        once(address);
        return new VirtualAddress(address, addresses(route.backends()));
    }

    private Overlay overlay(Overlay network) {
        once(Names.checked(network.networkId()));
        return new Overlay(
                network.networkId(),
                network.peers().stream()
                        .map(peer -> new Peer(
                                address(peer.underlay()), address(peer.address()), addresses(peer.containers())))
                        .toList());
    }

    private void once(String key) {
        if (!keys.add(key)) {
            throw invalid("two routes for " + key + "; state each once with all its backends");
        }
    }

    private static boolean inRange(int port) {
        return port >= 1 && port <= MAX_PORT;
    }

    private static List<String> addresses(List<String> backends) {
        return backends.stream().map(ValidRoutes::address).toList();
    }

    private static String address(String given) {
        return Subnet.text(Subnet.parseAddress(given));
    }

    private static SkepException invalid(String message) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
