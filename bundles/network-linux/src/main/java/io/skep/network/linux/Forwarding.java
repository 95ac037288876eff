package io.skep.network.linux;

import io.skep.api.network.RouteTable.Overlay;
import io.skep.api.network.RouteTable.Peer;
import io.skep.model.net.Subnet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where the vxlan devices send which hardware address: reads the kernel's tables and writes what changes them. Pure. */
final class Forwarding {
    /** Stands for every address without an entry of its own, and for broadcast. */
    private static final String ALL = "00:00:00:00:00:00";

    private static final int MAC = 17;

    private Forwarding() {}

    /** The destinations by {@code MAC dev DEVICE} in the output of {@code bridge fdb show}, of some devices. */
    static Map<String, Set<String>> parse(String text, Set<String> devices) {
        Map<String, Set<String>> entries = new TreeMap<>();
        text.lines().map(line -> line.strip().split("\\s+")).forEach(words -> {
            boolean remote = words.length > 4
                    && words[0].length() == MAC
                    && words[1].equals("dev")
                    && words[3].equals("dst")
                    && devices.contains(words[2]);
            if (remote) {
                add(entries, words[0], words[2], words[4]);
            }
        });
        return entries;
    }

    /** The same of what should be. */
    static Map<String, Set<String>> wanted(Names names, Collection<Segment> segments, List<Overlay> overlays) {
        Map<String, Set<String>> entries = new TreeMap<>();
        for (Segment segment : segments) {
            overlays.stream()
                    .filter(overlay -> overlay.networkId().equals(segment.networkId()))
                    .flatMap(overlay -> overlay.peers().stream())
                    .filter(peer -> !peer.underlay().equals(segment.underlay()))
                    .forEach(peer -> add(entries, names.tunnel(segment), peer));
        }
        return entries;
    }

    private static void add(Map<String, Set<String>> entries, String device, Peer peer) {
        add(entries, ALL, device, peer.underlay());
        add(entries, hardware(peer.address()), device, peer.underlay());
        peer.containers().forEach(container -> add(entries, hardware(container), device, peer.underlay()));
    }

    private static void add(Map<String, Set<String>> entries, String mac, String device, String underlay) {
        Set<String> known = entries.computeIfAbsent(mac + " dev " + device, key -> new TreeSet<>());
        // Two nodes that both claim an address, as for an instant when it moves, cannot both have it.
        if (mac.equals(ALL) || known.isEmpty()) {
            known.add(underlay);
        }
    }

    /** The lines for {@code bridge -batch} that turn the present entries into the wanted ones; additions first. */
    static String script(Map<String, Set<String>> present, Map<String, Set<String>> wanted) {
        StringBuilder text = new StringBuilder();
        wanted.forEach((key, underlays) -> underlays.stream()
                .filter(underlay -> !present.getOrDefault(key, Set.of()).contains(underlay))
                .forEach(underlay -> line(text, key.startsWith(ALL) ? "append" : "replace", key, underlay)));
        present.forEach((key, underlays) -> {
            Set<String> kept = wanted.getOrDefault(key, Set.of());
            // The only destination of an address was replaced.
            boolean moved = !key.startsWith(ALL) && !kept.isEmpty();
            underlays.stream()
                    .filter(underlay -> !moved && !kept.contains(underlay))
                    .forEach(underlay -> line(text, "del", key, underlay));
        });
        return text.toString();
    }

    private static void line(StringBuilder text, String verb, String key, String underlay) {
        text.append("fdb ")
                .append(verb)
                .append(' ')
                .append(key)
                .append(" dst ")
                .append(underlay)
                .append('\n');
    }

    private static String hardware(String address) {
        return Segment.hardware(Subnet.parseAddress(address));
    }
}
