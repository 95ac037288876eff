package io.skep.network.linux;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Writes the transaction that leads published ports and virtual addresses to their backends in turn. Pure.
 *
 * <p>A route has one chain, and so one counter for all ways in: its backends get even shares. The chain's name tells what is in it; one that
 * stays the same is not touched, and its count goes on.
 *
 * <p>The hooks stay, and each has two chains that do the same: the kernel switches to the new rules at one instant, but a packet that
 * is then among the old ones finds their maps empty. It goes through the second chain, and there finds the new ones.
 */
final class RouteRules {
    private static final String SETS = """
            table ip TABLE {
              set addresses {
                type ipv4_addr
            ADDRESSES  }
              set closed {
                type inet_proto . inet_service
            CLOSED  }
            CHAINS  map virtual {
                type ipv4_addr : verdict
            VIRTUAL  }
              map published {
                type inet_proto . inet_service : verdict
            PUBLISHED  }
            HOOKS}
            """;

    private static final String HOOKS = """
              chain turn {
                ip daddr vmap @virtual
                ip daddr != @addresses fib daddr type local meta l4proto . th dport vmap @published
              }
              chain incoming {
                type nat hook prerouting priority dstnat; policy accept;
                # What a container asks the node's port 53 is a question for its name server, whatever is published there.
                iifname "BRIDGES" meta l4proto { tcp, udp } th dport 53 ip daddr != @addresses return
                jump turn
              }
              chain incoming-again {
                type nat hook prerouting priority -99; policy accept;
                iifname "BRIDGES" meta l4proto { tcp, udp } th dport 53 ip daddr != @addresses return
                jump turn
              }
              chain own {
                type nat hook output priority -100; policy accept;
                jump turn
              }
              chain own-again {
                type nat hook output priority -99; policy accept;
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

    private static final List<String> HELD =
            List.of("turn", "incoming", "incoming-again", "own", "own-again", "refuse");

    private final StringJoiner addresses = new StringJoiner(", ");
    private final StringJoiner closed = new StringJoiner(", ");
    private final StringJoiner virtual = new StringJoiner(", ");
    private final StringJoiner published = new StringJoiner(", ");
    private final StringBuilder chains = new StringBuilder();
    private final Set<String> used = new TreeSet<>(HELD);
    private final Names names;
    private final Set<String> present;

    /** @param present the chains that the table has */
    RouteRules(Names names, Set<String> present) {
        this.names = names;
        this.present = present;
    }

    /** True when a table with these chains is one that was stated. */
    static boolean stands(Set<String> chains) {
        return chains.containsAll(HELD);
    }

    /** The transaction for {@code nft -f}; the routes are valid, and their keys differ. */
    String of(RouteTable routes) {
        routes.virtualAddresses().forEach(this::virtualAddress);
        routes.ports().forEach(this::port);
        String table = names.routesTable();
        return empty(table)
                + SETS.replace("ADDRESSES", elements(addresses))
                        .replace("CLOSED", elements(closed))
                        .replace("CHAINS", chains)
                        .replace("VIRTUAL", elements(virtual))
                        .replace("PUBLISHED", elements(published))
                        .replace("HOOKS", HOOKS)
                        .replace("TABLE", table)
                        .replace("BRIDGES", names.anyBridge())
                + drop(table);
    }

    /** Makes the table where it is missing, and empties what this transaction fills. */
    private static String empty(String table) {
        StringBuilder text = new StringBuilder("add table ip " + table + "\n");
        for (String set : List.of(
                "set %s addresses { type ipv4_addr; }",
                "set %s closed { type inet_proto . inet_service; }",
                "map %s virtual { type ipv4_addr : verdict; }",
                "map %s published { type inet_proto . inet_service : verdict; }")) {
            String declaration = set.replace("%s", "ip " + table);
            text.append("add ").append(declaration).append('\n');
            text.append("flush ")
                    .append(declaration, 0, declaration.indexOf(" {"))
                    .append('\n');
        }
        for (String chain : HELD) {
            text.append("add chain ip ")
                    .append(table)
                    .append(' ')
                    .append(chain)
                    .append(hook(chain))
                    .append('\n');
            text.append("flush chain ip ")
                    .append(table)
                    .append(' ')
                    .append(chain)
                    .append('\n');
        }
        return text.toString();
    }

    /** A chain cannot become a hook later, so it is declared as one from the first. */
    private static String hook(String chain) {
        int start = HOOKS.indexOf("chain " + chain + " {\n    type ");
        if (start < 0) {
            return "";
        }
        int type = HOOKS.indexOf("type ", start);
        return " { " + HOOKS.substring(type, HOOKS.indexOf('\n', type)) + " }";
    }

    private String drop(String table) {
        StringBuilder text = new StringBuilder();
        present.stream().filter(chain -> !used.contains(chain)).forEach(chain -> text.append("delete chain ip ")
                .append(table)
                .append(' ')
                .append(chain)
                .append('\n'));
        return text.toString();
    }

    private void virtualAddress(VirtualAddress route) {
        String rule = "meta l4proto { tcp, udp, sctp } dnat ip to" + turns(route.backends(), "");
        addresses.add(route.address());
        if (!route.backends().isEmpty()) {
            virtual.add(route.address() + " : goto " + chain("virtual-" + route.address(), rule));
        }
    }

    private void port(PortRoute route) {
        String key = route.protocol() + " . " + route.publishedPort();
        if (route.backends().isEmpty()) {
            closed.add(key);
            return;
        }
        String rule = "meta l4proto " + route.protocol() + " dnat ip to"
                + turns(route.backends(), " . " + route.targetPort());
        published.add(key + " : goto " + chain("port-" + route.protocol() + "-" + route.publishedPort(), rule));
    }

    private static String turns(List<String> backends, String port) {
        List<String> turns = new ArrayList<>();
        for (String backend : backends) {
            turns.add(turns.size() + " : " + backend + port);
        }
        return " numgen inc mod " + turns.size() + " map { " + String.join(", ", turns) + " }";
    }

    private String chain(String prefix, String rule) {
        String name = prefix + "-" + Names.shortDigest(rule);
        if (used.add(name) && !present.contains(name)) {
            chains.append("  chain ")
                    .append(name)
                    .append(" {\n    ")
                    .append(rule)
                    .append("\n  }\n");
        }
        return name;
    }

    private static String elements(StringJoiner elements) {
        return elements.length() == 0 ? "" : "    elements = { " + elements + " }\n";
    }
}
