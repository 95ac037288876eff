package io.skep.network.linux;

import io.skep.model.net.Subnet;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the nftables table that keeps networks apart, lets them out behind the node's address, and leads their DNS
 * queries to this node's name server. Pure.
 *
 * <p>A network that comes or goes changes only its own elements of the sets, so that no packet of another one ever meets
 * half-written rules; the whole table is stated when it is missing or was written by another version.
 */
final class IsolationRules {
    private static final String RULES = """
            add table ip TABLE
            delete table ip TABLE
            table ip TABLE {
              set subnets {
                type ipv4_addr
                flags interval
            SUBNETS  }
              set outward {
                type ipv4_addr
                flags interval
            OUTWARD  }
              set gateways {
                type ipv4_addr
            GATEWAYS  }
              set within {
                type ipv4_addr . ipv4_addr
                flags interval
            WITHIN  }
              set links {
                type ifname . ifname
            LINKS  }
              # Tells a restarted driver that nothing has to be stated.
              chain STATED {
              }
              # A container must not reach the node's own loopback services, which route_localnet would let it.
              chain guard {
                type filter hook prerouting priority raw; policy accept;
                iifname "BRIDGES" ip daddr 127.0.0.0/8 drop
              }
              chain names {
                type nat hook prerouting priority -101; policy accept;
                iifname "BRIDGES" ip daddr @gateways meta l4proto { tcp, udp } th dport 53 dnat to 127.0.0.1:PORT
              }
              chain isolation {
                type filter hook forward priority filter; policy accept;
                ct state established,related accept
                iifname . oifname @links accept
                # A virtual address belongs to its network; only published ports are for everybody.
                iifname "BRIDGES" oifname "BRIDGES" ct original ip daddr @subnets ct original ip daddr != @gateways reject
                ct status dnat accept
                iifname "BRIDGES" oifname "BRIDGES" reject
                iifname "BRIDGES" ip saddr != @outward reject
                oifname "BRIDGES" reject
              }
              chain leave {
                type nat hook postrouting priority srcnat; policy accept;
                # Answers must come back through the node, also those of a neighbour and those to 127.0.0.1.
                ct status dnat oifname "BRIDGES" fib saddr type local masquerade
                ct status dnat ip saddr . ip daddr @within masquerade
                ip saddr @outward oifname != "BRIDGES" fib saddr type != local masquerade
              }
            }
            """;

    /** What a network has in a set; nothing for some. */
    private interface Element {
        Optional<String> apply(Names names, Segment segment);
    }

    private static final Map<String, Element> SETS = sets();

    private final Names names;
    private final int nameServerPort;

    IsolationRules(Names names, int nameServerPort) {
        this.names = names;
        this.nameServerPort = nameServerPort;
    }

    /** The transaction for {@code nft -f} that states the table anew. */
    String of(Collection<Segment> segments) {
        String text = rules(segments);
        return text.replace("STATED", mark(text));
    }

    /** The chain that the table has exactly if it was stated for these networks. */
    String mark(Collection<Segment> segments) {
        return mark(rules(segments));
    }

    /** The transaction that turns the table of some networks into that of others. */
    String change(Set<Segment> before, Set<Segment> after) {
        StringBuilder text = new StringBuilder();
        before.stream().filter(segment -> !after.contains(segment)).forEach(segment -> change(text, "delete", segment));
        after.stream().filter(segment -> !before.contains(segment)).forEach(segment -> change(text, "add", segment));
        String chain = " chain ip " + names.networksTable() + " ";
        text.append("delete").append(chain).append(mark(before)).append('\n');
        return text.append("add").append(chain).append(mark(after)).append('\n').toString();
    }

    private void change(StringBuilder text, String verb, Segment segment) {
        SETS.forEach((set, element) -> element.apply(names, segment).ifPresent(value -> text.append(verb)
                .append(" element ip ")
                .append(names.networksTable())
                .append(' ')
                .append(set)
                .append(" { ")
                .append(value)
                .append(" }\n")));
    }

    private String rules(Collection<Segment> segments) {
        String text = RULES.replace("TABLE", names.networksTable())
                .replace("BRIDGES", names.anyBridge())
                .replace("PORT", Integer.toString(nameServerPort));
        for (Map.Entry<String, Element> set : SETS.entrySet()) {
            String elements = segments.stream()
                    .sorted()
                    .flatMap(segment -> set.getValue().apply(names, segment).stream())
                    .collect(Collectors.joining(", "));
            text = text.replace(
                    set.getKey().toUpperCase(Locale.ROOT),
                    elements.isEmpty() ? "" : "    elements = { " + elements + " }\n");
        }
        return text;
    }

    private static String mark(String text) {
        return "stated-" + Names.shortDigest(text);
    }

    private static Map<String, Element> sets() {
        Map<String, Element> sets = new TreeMap<>();
        sets.put("subnets", (names, segment) -> Optional.of(segment.subnet().toString()));
        sets.put(
                "outward",
                (names, segment) -> segment.internal()
                        ? Optional.empty()
                        : Optional.of(segment.subnet().toString()));
        sets.put("gateways", (names, segment) -> Optional.of(Subnet.text(segment.gateway())));
        sets.put("within", (names, segment) -> Optional.of(segment.subnet() + " . " + segment.subnet()));
        sets.put("links", (names, segment) -> {
            String bridge = '"' + names.bridge(segment.networkId()) + '"';
            return Optional.of(bridge + " . " + bridge);
        });
        return sets;
    }
}
