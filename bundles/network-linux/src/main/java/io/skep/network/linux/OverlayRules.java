package io.skep.network.linux;

import io.skep.api.network.RouteTable.Overlay;
import io.skep.api.network.RouteTable.Peer;
import io.skep.model.net.Subnet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the nftables tables that guard the networks between nodes, and bring answers of containers elsewhere back to this node. Pure.
 *
 * <p>Only elements of sets change while a network stands: a packet that meets a table in the middle of its replacement would be taken for a
 * stranger's, and a connection would miss its masquerade for good.
 */
final class OverlayRules {
    /** The port of VXLAN (RFC 7348). */
    static final int PORT = 4789;

    /** The set of the bridges' table; the others are of the IP table. */
    private static final String OWN = "own";

    private static final String RULES = """
            add table ip TABLE
            delete table ip TABLE
            add table bridge TABLE
            delete table bridge TABLE
            table ip TABLE {
              set peers {
                type ipv4_addr
            PEERS  }
              set away {
                type ipv4_addr
            AWAY  }
              # Tells a restarted driver that nothing has to be stated.
              chain STATED {
              }
              # Who may send to this node's networks: other nodes, and no container.
              chain strangers {
                type filter hook prerouting priority raw; policy accept;
                fib daddr type local udp dport PORT iifname "BRIDGES" drop
                fib daddr type local udp dport PORT ip saddr != @peers drop
              }
              # What a container sends leaves with the node's address, which other nodes trust.
              chain smugglers {
                type filter hook forward priority filter; policy accept;
                iifname "BRIDGES" ip daddr @peers udp dport PORT drop
              }
              # The answer of a container elsewhere must come back through this node, which knows whose it is.
              chain back {
                type nat hook postrouting priority srcnat; policy accept;
                ct status dnat oifname "BRIDGES" ip daddr @away masquerade
              }
            }
            table bridge TABLE {
              set own {
                type ipv4_addr
            OWN  }
              # Every node has the virtual addresses: who asks for one is answered by its own node alone.
              chain questions {
                type filter hook input priority filter; policy accept;
                iifname "TUNNELS" arp operation request arp daddr ip != @own drop
              }
            }
            """;

    private final Names names;

    OverlayRules(Names names) {
        this.names = names;
    }

    /** The elements of each set. */
    static Map<String, Set<String>> sets(Collection<Segment> segments, List<Overlay> overlays) {
        Set<String> own = new TreeSet<>();
        Set<String> peers = new TreeSet<>();
        Set<String> away = new TreeSet<>();
        for (Segment segment : segments) {
            own.add(Subnet.text(segment.gateway()));
            overlays.stream()
                    .filter(overlay -> overlay.networkId().equals(segment.networkId()))
                    .flatMap(overlay -> overlay.peers().stream())
                    .forEach(peer -> add(peer, peers, away));
        }
        return new TreeMap<>(Map.of(OWN, own, "peers", peers, "away", away));
    }

    private static void add(Peer peer, Set<String> peers, Set<String> away) {
        peers.add(peer.underlay());
        away.addAll(peer.containers());
    }

    /** The transaction for {@code nft -f} that states the tables anew. */
    String of(Map<String, Set<String>> sets) {
        String text = RULES.replace("TABLE", names.overlaysTable())
                .replace("BRIDGES", names.anyBridge())
                .replace("TUNNELS", names.anyTunnel())
                .replace("PORT", Integer.toString(PORT))
                .replace("STATED", mark(sets));
        for (Map.Entry<String, Set<String>> set : sets.entrySet()) {
            String elements = String.join(", ", set.getValue());
            text = text.replace(
                    set.getKey().toUpperCase(Locale.ROOT) + "  }",
                    (elements.isEmpty() ? "" : "    elements = { " + elements + " }\n") + "  }");
        }
        return text;
    }

    /** The transaction that removes the tables. */
    String none() {
        return RULES.lines()
                .limit(4)
                .map(line -> line + "\n")
                .reduce("", String::concat)
                .replace("TABLE", names.overlaysTable());
    }

    /** The chain that the table has exactly if it was stated for these sets. */
    String mark(Map<String, Set<String>> sets) {
        return "stated-" + Names.shortDigest(RULES + new TreeMap<>(sets));
    }

    /** The transaction that turns the tables of some sets into those of others. */
    String change(Map<String, Set<String>> before, Map<String, Set<String>> after) {
        StringBuilder text = new StringBuilder();
        after.forEach((set, elements) -> {
            Set<String> known = before.getOrDefault(set, Set.of());
            difference(text, "delete", set, known, elements);
            difference(text, "add", set, elements, known);
        });
        String chain = " chain ip " + names.overlaysTable() + " ";
        text.append("delete").append(chain).append(mark(before)).append('\n');
        return text.append("add").append(chain).append(mark(after)).append('\n').toString();
    }

    private void difference(StringBuilder text, String verb, String set, Set<String> these, Set<String> notThose) {
        Set<String> elements = new TreeSet<>(these);
        elements.removeAll(notThose);
        if (!elements.isEmpty()) {
            text.append(verb)
                    .append(set.equals(OWN) ? " element bridge " : " element ip ")
                    .append(names.overlaysTable())
                    .append(' ')
                    .append(set)
                    .append(" { ")
                    .append(String.join(", ", elements))
                    .append(" }\n");
        }
    }
}
