package io.skep.discovery;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.Overlay;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.api.network.ServiceAddress;
import io.skep.model.Endpoint;
import io.skep.model.PortConfig.PublishMode;
import io.skep.model.net.Subnet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a node's routes out of the endpoints that it reaches and the services of its networks. Pure. */
final class Routes {
    private static final Comparator<String> BY_NUMBER = Comparator.comparingLong(Subnet::parseAddress);

    private final Map<String, Map<Integer, Set<String>>> published = new TreeMap<>();
    private final Map<String, Set<String>> virtual = new TreeMap<>(BY_NUMBER);

    private Routes() {}

    /**
     * The routes of a node. A service without tasks has a route to nobody, which refuses. Of two services that publish one port with different target ports, the lower target port has it: the manager refuses the second,
     * so this lasts only while one replaces the other.
     */
    static RouteTable of(Reach reach, List<ServiceAddress> services) {
        Routes routes = new Routes();
        services.forEach(service -> routes.virtual(service.address()));
        List<Endpoint> visible = reach.visible();
        visible.forEach(routes::addVirtual);
        visible.forEach(endpoint -> routes.addPorts(endpoint, PublishMode.INGRESS));
        reach.own().forEach(endpoint -> routes.addPorts(endpoint, PublishMode.HOST));
        return routes.table(reach.overlays());
    }

    private void addPorts(Endpoint endpoint, PublishMode mode) {
        for (Endpoint.Port port : endpoint.ports()) {
            if (port.mode() == mode) {
                published
                        .computeIfAbsent(port.protocol() + "/" + port.publishedPort(), key -> new TreeMap<>())
                        .computeIfAbsent(port.targetPort(), target -> new TreeSet<>(BY_NUMBER))
                        .add(port.address());
            }
        }
    }

    private void addVirtual(Endpoint endpoint) {
        for (Endpoint.Attachment attachment : endpoint.attachments()) {
            if (!attachment.virtualAddress().isEmpty()) {
                virtual(attachment.virtualAddress()).add(attachment.address());
            }
        }
    }

    private Set<String> virtual(String address) {
        return virtual.computeIfAbsent(address, key -> new TreeSet<>(BY_NUMBER));
    }

    private RouteTable table(List<Overlay> overlays) {
        List<PortRoute> ports = published.entrySet().stream()
                .map(entry -> port(entry.getKey().split("/"), entry.getValue()))
                .toList();
        List<VirtualAddress> addresses = virtual.entrySet().stream()
                .map(entry -> new VirtualAddress(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
        return new RouteTable(ports, addresses, overlays);
    }

    private static PortRoute port(String[] key, Map<Integer, Set<String>> targets) {
        Map.Entry<Integer, Set<String>> first = targets.entrySet().iterator().next();
        return new PortRoute(key[0], Integer.parseInt(key[1]), first.getKey(), List.copyOf(first.getValue()));
    }
}
