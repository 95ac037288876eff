package io.skep.network.linux;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** States the node's routes; called by one thread at a time. */
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private static final String LOOK = """
            ss -Hlntu
            ip route show table local dev %s 2>/dev/null
            %s
            exit 0
            """;

    private final Names names;
    private final HostCommands commands;
    private Set<String> datagramBackends = Set.of();
    private @Nullable RouteTable wanted;

    Routes(Names names, HostCommands commands) {
        this.names = names;
        this.commands = commands;
    }

    /** @param valid routes that {@link ValidRoutes} has passed */
    RouteTable state(RouteTable valid) {
        wanted = valid;
        String seen = commands.script(LOOK.formatted(names.virtualLink(), Chains.COMMAND))
                .text();
        Map<String, Set<Integer>> listeners = Listeners.parse(seen);
        List<PortRoute> taken = valid.ports().stream()
                .filter(port ->
                        listeners.getOrDefault(port.protocol(), Set.of()).contains(port.publishedPort()))
                .toList();
        List<PortRoute> free = new ArrayList<>(valid.ports());
        free.removeAll(taken);
        RouteTable routes = new RouteTable(free, valid.virtualAddresses(), valid.overlays());
        apply(routes, seen);
        forgetDatagrams(routes);
        if (!taken.isEmpty()) {
            throw taken(taken);
        }
        return routes;
    }

    /** States the routes again if the kernel does not have their table any more; the answer is whether that was so. */
    boolean restore() {
        RouteTable lost = wanted;
        String chains = commands.script(Chains.COMMAND + "\n").text();
        if (lost == null || RouteRules.stands(Chains.parse(chains, names.routesTable()))) {
            return false;
        }
        try {
            state(lost);
        } catch (SkepException e) {
            if (e.code() != ErrorCode.ALREADY_EXISTS) {
                throw e;
            }
            LOG.debug("All other routes stand: {}", e.getMessage());
        }
        return true;
    }

    private void apply(RouteTable routes, String seen) {
        Set<String> wanted = routes.virtualAddresses().stream()
                .map(VirtualAddress::address)
                .collect(Collectors.toCollection(TreeSet::new));
        RouteRules rules = new RouteRules(names, Chains.parse(seen, names.routesTable()));
        String script = "set -e\nnft -f - <<'END'\n" + rules.of(routes) + "END\n"
                + VirtualLink.script(names.virtualLink(), VirtualLink.parse(seen), wanted);
        HostCommands.Output output = commands.script(script);
        if (!output.ok()) {
            throw KernelWords.failure("state the node's routes", output.text());
        }
    }

    /**
     * The kernel keeps a datagram flow on its backend for as long as it goes on, even when the backend is gone; so the flows of removed
     * backends are forgotten, where the conntrack program is installed. Elsewhere they end after 30 to 120 s of silence.
     */
    private void forgetDatagrams(RouteTable routes) {
        Set<String> backends = new TreeSet<>();
        routes.ports().stream()
                .filter(port -> port.protocol().equals("udp"))
                .forEach(port -> backends.addAll(port.backends()));
        routes.virtualAddresses().forEach(address -> backends.addAll(address.backends()));
        Set<String> gone = new TreeSet<>(datagramBackends);
        gone.removeAll(backends);
        datagramBackends = backends;
        if (!gone.isEmpty()) {
            String script = gone.stream()
                    .map(address -> "conntrack -D -p udp -r " + address + "\n")
                    .collect(Collectors.joining("", "command -v conntrack || exit 0\n", "exit 0\n"));
            commands.script(script);
        }
    }

    private SkepException taken(List<PortRoute> taken) {
        String ports = taken.stream()
                .map(port -> port.publishedPort() + "/" + port.protocol() + " by "
                        + Listeners.holder(commands, port.protocol(), port.publishedPort())
                                .orElse("a process of the node"))
                .collect(Collectors.joining(", "));
        return new SkepException(
                ErrorCode.ALREADY_EXISTS,
                "published port in use on this node: " + ports + "; stop that process or publish another port");
    }
}
