package io.skep.network.linux;

import io.skep.model.net.Subnet;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the nftables table that keeps networks apart, lets them out behind the node's address, and leads their DNS
 * queries to this node's name server. Replaced as a whole, in one transaction. Pure.
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

    private IsolationRules() {}

    /** The transaction for {@code nft -f}. */
    static String of(Names names, int nameServerPort, Collection<Segment> segments) {
        List<Segment> sorted = segments.stream().sorted().toList();
        List<Segment> open = sorted.stream().filter(s -> !s.internal()).toList();
        return RULES.replace("TABLE", names.networksTable())
                .replace("BRIDGES", names.anyBridge())
                .replace("PORT", Integer.toString(nameServerPort))
                .replace("SUBNETS", elements(sorted, s -> s.subnet().toString()))
                .replace("OUTWARD", elements(open, s -> s.subnet().toString()))
                .replace("GATEWAYS", elements(sorted, s -> Subnet.text(s.gateway())))
                .replace("WITHIN", elements(sorted, s -> s.subnet() + " . " + s.subnet()))
                .replace("LINKS", elements(sorted, s -> link(names.bridge(s.networkId()))));
    }

    private static String link(String bridge) {
        return '"' + bridge + "\" . \"" + bridge + '"';
    }

    private static String elements(List<Segment> segments, Function<Segment, String> element) {
        if (segments.isEmpty()) {
            return "";
        }
        return segments.stream().map(element).collect(Collectors.joining(", ", "    elements = { ", " }\n"));
    }
}
