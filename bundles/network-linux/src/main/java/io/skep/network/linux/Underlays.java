package io.skep.network.linux;

import java.util.Map;
import java.util.TreeMap;

/**
 * How large packets may be on the interfaces under the overlays. Immutable.
 *
 * @param mtus of the interface of each of the node's own IPv4 addresses
 */
record Underlays(Map<String, Integer> mtus) {
    /** Nothing is known of the node's interfaces. */
    static final Underlays NONE = new Underlays(Map.of());

    /** What VXLAN adds to a packet: Ethernet, IPv4, UDP and its own header (RFC 7348). */
    static final int OVERHEAD = 50;

    private static final int ETHERNET = 1500;
    private static final String LOOK = "ip -o -4 address show\nip -o link show\n";

    /** Blocks. */
    static Underlays of(HostCommands commands) {
        return parse(commands.script(LOOK).text());
    }

    /** From the one-line output of {@code ip address} and {@code ip link}, in any order. */
    static Underlays parse(String text) {
        Map<String, String> devices = new TreeMap<>();
        Map<String, Integer> sizes = new TreeMap<>();
        text.lines().map(line -> line.strip().split("[\\s\\\\]+", -1)).forEach(words -> {
            for (int i = 2; i + 1 < words.length; i++) {
                String device = words[1].replaceAll("(@.*)?:$", "");
                if (words[i].equals("inet")) {
                    devices.put(words[i + 1].replaceAll("/.*", ""), device);
                } else if (words[i].equals("mtu")) {
                    sizes.put(device, Integer.parseInt(words[i + 1]));
                }
            }
        });
        Map<String, Integer> mtus = new TreeMap<>();
        devices.forEach((address, device) ->
                mtus.put(address, device.equals("lo") ? ETHERNET + OVERHEAD : sizes.getOrDefault(device, ETHERNET)));
        return new Underlays(mtus);
    }

    /** True when the address is one of the node's, and not one that something before it translates. */
    boolean own(String address) {
        return mtus.containsKey(address);
    }

    /** The size of packets on a network over that address. */
    int inner(String address) {
        return mtus.getOrDefault(address, ETHERNET) - OVERHEAD;
    }
}
