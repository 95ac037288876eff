package io.skep.network.linux;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Writes the nftables table that leads published ports and virtual addresses to their backends in turn. Replaced as a
 * whole, in one transaction. A route has one counter for all ways in, so that its backends get even shares. Pure.
 */
final class RouteRules {
    private static final String HOOKS = """
              chain turn {
                ip daddr vmap @virtual
                fib daddr type local meta l4proto . th dport vmap @published
              }
              chain incoming {
                type nat hook prerouting priority dstnat; policy accept;
                # What a container asks the node's port 53 is a question for its name server, whatever is published there.
                iifname "BRIDGES" meta l4proto { tcp, udp } th dport 53 ip daddr != @addresses return
                jump turn
              }
              chain own {
                type nat hook output priority -100; policy accept;
                jump turn
              }
              # What found no backend must not reach a service of the node instead.
              chain refuse {
                type filter hook input priority filter; policy accept;
                ct state established,related accept
                ip daddr @addresses meta l4proto icmp accept
                ip daddr @addresses meta l4proto tcp reject with tcp reset
                ip daddr @addresses reject
                meta l4proto . th dport @closed meta l4proto tcp reject with tcp reset
                meta l4proto . th dport @closed reject
              }
            """;

    private final StringJoiner addresses = new StringJoiner(", ");
    private final StringJoiner virtual = new StringJoiner(", ");
    private final StringJoiner published = new StringJoiner(", ");
    private final StringJoiner closed = new StringJoiner(", ");
    private final StringBuilder chains = new StringBuilder();
    private final Names names;

    RouteRules(Names names) {
        this.names = names;
    }

    /** The transaction for {@code nft -f}; the routes are valid, and their keys differ. */
    String of(RouteTable routes) {
        routes.virtualAddresses().forEach(this::virtualAddress);
        routes.ports().forEach(this::port);
        String table = names.routesTable();
        return "add table ip " + table + "\ndelete table ip " + table + "\ntable ip " + table + " {\n"
                + set("set addresses", "ipv4_addr", addresses)
                + set("set closed", "inet_proto . inet_service", closed)
                + chains
                + set("map virtual", "ipv4_addr : verdict", virtual)
                + set("map published", "inet_proto . inet_service : verdict", published)
                + HOOKS.replace("BRIDGES", names.anyBridge())
                + "}\n";
    }

    private void virtualAddress(VirtualAddress address) {
        String chain = "virtual-" + address.address();
        addresses.add(address.address());
        virtual.add(address.address() + " : goto " + chain);
        chain(chain, "meta l4proto { tcp, udp, sctp } dnat ip to", address.backends(), "");
    }

    private void port(PortRoute route) {
        String key = route.protocol() + " . " + route.publishedPort();
        String chain = "published-" + route.protocol() + "-" + route.publishedPort();
        if (route.backends().isEmpty()) {
            closed.add(key);
            return;
        }
        published.add(key + " : goto " + chain);
        chain(chain, "meta l4proto " + route.protocol() + " dnat ip to", route.backends(), " . " + route.targetPort());
    }

    private void chain(String name, String rule, List<String> backends, String port) {
        chains.append("  chain ").append(name).append(" {\n");
        if (!backends.isEmpty()) {
            List<String> turns = new ArrayList<>();
            for (String backend : backends) {
                turns.add(turns.size() + " : " + backend + port);
            }
            chains.append("    ").append(rule).append(" numgen inc mod ").append(backends.size());
            chains.append(" map { ").append(String.join(", ", turns)).append(" }\n");
        }
        chains.append("  }\n");
    }

    private static String set(String head, String type, StringJoiner elements) {
        String content = elements.length() == 0 ? "" : "    elements = { " + elements + " }\n";
        return "  " + head + " {\n    type " + type + "\n" + content + "  }\n";
    }
}
