package io.skep.cluster.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What connects the hosts of a lab: a switch that can drop what one host sends to another, and links that can be made slow and lossy. A host
 * notices nothing of it but that packets stay away. One thread at a time may change it.
 */
public final class Network implements AutoCloseable {
    private final Namespaces lab;
    private final int hosts;
    private final TreeSet<Cut> cuts = new TreeSet<>();
    private final Map<Integer, Relay> relays = new HashMap<>();

    Network(Namespaces lab, int hosts) {
        this.lab = lab;
        this.hosts = hosts;
    }

    /** Cuts two hosts off from each other. */
    public void cut(int a, int b) {
        cuts.add(new Cut(a, b));
        cuts.add(new Cut(b, a));
        apply();
    }

    /** Drops what one host sends to another; the other way is open. */
    public void cutOneWay(int from, int to) {
        cuts.add(new Cut(from, to));
        apply();
    }

    /** Cuts a group of hosts off from all others; within the group they reach one another. */
    public void isolate(Integer... group) {
        List<Integer> inside = List.of(group);
        for (int host : inside) {
            IntStream.rangeClosed(1, hosts)
                    .filter(other -> !inside.contains(other))
                    .forEach(other -> {
                        cuts.add(new Cut(host, other));
                        cuts.add(new Cut(other, host));
                    });
        }
        apply();
    }

    /**
     * Makes the link of a host slow or lossy, in both directions; a link that is slow already becomes as told.
     *
     * @param seed of the chance that decides over its frames
     */
    public void slow(int host, Impairment impairment, long seed) {
        Relay relay = relays.get(host);
        if (relay == null) {
            relay = Relay.insert(lab, host, seed);
            relays.put(host, relay);
        }
        relay.impair(impairment);
    }

    /** Makes the link of a host quick and reliable. */
    public void steady(int host) {
        Relay relay = relays.remove(host);
        if (relay != null) {
            relay.close();
        }
    }

    /** Reconnects everybody; links that are slow stay so. */
    public void heal() {
        cuts.clear();
        apply();
    }

    /** Pulls the cable of a host, which gets a new one when it is switched on again. */
    void unplug(int host) {
        lab.must("ip", "link", "set", "h" + host, "down");
    }

    private void apply() {
        lab.must(List.of("nft", "-f", "-"), Cut.rules(cuts));
    }

    /** Removes what the test's JVM holds of it. */
    @Override
    public void close() {
        relays.values().forEach(Relay::close);
        relays.clear();
    }
}
