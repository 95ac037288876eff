package io.skep.contracts.network;

import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.Sandbox;
import io.skep.api.network.SandboxConfig;
import io.skep.api.network.SandboxConfig.Attachment;
import io.skep.api.network.SegmentConfig;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.net.Subnet;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A network driver whose node is in memory: it remembers what it was told, and a test reads it. */
public final class SimulatedNetworkDriver implements NetworkDriver {
    private static final int MAX_PORT = 65535;

    private final Node node;

    /** What outlives a driver, as a kernel does. Thread-safe. */
    public static final class Node {
        private final Map<String, SandboxConfig> sandboxes = new ConcurrentSkipListMap<>();
        private final Map<String, String> holders = new ConcurrentSkipListMap<>();
        private volatile List<SegmentConfig> standing = List.of();
        private final AtomicInteger statements = new AtomicInteger();
        private volatile boolean refusing;
        private volatile RouteTable routes = RouteTable.EMPTY;

        /** The sandboxes that stand, by id. */
        public Map<String, SandboxConfig> sandboxes() {
            return Map.copyOf(sandboxes);
        }

        /** The networks that were stated to stand. */
        public List<SegmentConfig> standing() {
            return standing;
        }

        /** Lets no network stand from now on, or again, as while another program of the host has its number. */
        public void refuseNetworks(boolean refuse) {
            refusing = refuse;
        }

        /** How often it was stated which networks stand. */
        public int statements() {
            return statements.get();
        }

        /** Loses the networks that were stated, as a kernel does when somebody removes them. */
        public void forgetNetworks() {
            standing = List.of();
        }

        /** The routes that were stated last, without those of ports in use. */
        public RouteTable routes() {
            return routes;
        }

        /** Lets a process of the node listen at a port, as {@code tcp/8080}. */
        public void listen(String port, String holder) {
            holders.put(port, holder);
        }
    }

    public SimulatedNetworkDriver(Node node) {
        this.node = node;
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public List<Sandbox> attach(List<SandboxConfig> requests) {
        requests.forEach(request -> request.attachments().forEach(SimulatedNetworkDriver::check));
        requests.forEach(request -> node.sandboxes.putIfAbsent(request.id(), request));
        return requests.stream()
                .map(request -> new Sandbox(request.id(), Path.of("/simulated", request.id())))
                .toList();
    }

    @Override
    public void stand(List<SegmentConfig> segments) {
        Set<String> ids = new HashSet<>();
        for (SegmentConfig segment : segments) {
            if (!Subnet.parse(segment.subnet()).contains(Subnet.parseAddress(segment.address()))) {
                throw invalid("address " + segment.address() + " does not fit " + segment.subnet());
            }
            if (segment.vni() > 0) {
                Subnet.parseAddress(segment.underlay());
            }
            once(ids, segment.networkId());
        }
        node.statements.incrementAndGet();
        if (node.refusing) {
            throw new SkepException(ErrorCode.FAILED, "another program of the host has the number of a network");
        }
        node.standing = List.copyOf(segments);
    }

    @Override
    public void detach(Set<String> sandboxIds) {
        node.sandboxes.keySet().removeAll(sandboxIds);
    }

    @Override
    public Set<String> sandboxes() {
        return new TreeSet<>(node.sandboxes.keySet());
    }

    @Override
    public Optional<String> portHolder(String protocol, int port) {
        return Optional.ofNullable(node.holders.get(protocol + "/" + port));
    }

    @Override
    public void route(RouteTable routes) {
        check(routes);
        List<PortRoute> taken = routes.ports().stream()
                .filter(port ->
                        portHolder(port.protocol(), port.publishedPort()).isPresent())
                .toList();
        node.routes = new RouteTable(
                routes.ports().stream().filter(port -> !taken.contains(port)).toList(),
                routes.virtualAddresses(),
                routes.overlays());
        if (!taken.isEmpty()) {
            throw new SkepException(ErrorCode.ALREADY_EXISTS, "published ports in use: " + taken);
        }
    }

    private static void check(Attachment attachment) {
        Subnet subnet = Subnet.parse(attachment.subnet());
        boolean inside = subnet.contains(Subnet.parseAddress(attachment.address()))
                && subnet.contains(Subnet.parseAddress(attachment.gateway()));
        if (!inside || attachment.address().equals(attachment.gateway())) {
            throw invalid("address " + attachment.address() + " does not fit " + subnet);
        }
    }

    private static void check(RouteTable routes) {
        Set<String> keys = new HashSet<>();
        for (PortRoute port : routes.ports()) {
            boolean known = port.protocol().equals("tcp") || port.protocol().equals("udp");
            if (!known || !inRange(port.publishedPort()) || !inRange(port.targetPort())) {
                throw invalid("no port: " + port);
            }
            port.backends().forEach(Subnet::parseAddress);
            once(keys, port.protocol() + "/" + port.publishedPort());
        }
        routes.virtualAddresses().forEach(address -> once(keys, Subnet.text(Subnet.parseAddress(address.address()))));
        routes.overlays().forEach(overlay -> {
            once(keys, overlay.networkId());
            overlay.peers().forEach(peer -> Subnet.parseAddress(peer.underlay()));
        });
    }

    private static void once(Set<String> keys, String key) {
        if (!keys.add(key)) {
            throw invalid("two routes for " + key);
        }
    }

    private static boolean inRange(int port) {
        return port >= 1 && port <= MAX_PORT;
    }

    private static SkepException invalid(String message) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
