package io.skep.cluster.lab;

import java.util.List;

/**
 * A bad piece of cable between a host and the switch: the host's port is moved to a bridge of its own, and frames go from there to the switch,
 * and back, through this JVM, which delays, loses and doubles them. The kernel has nothing for it on the test's machine.
 */
final class Relay implements AutoCloseable {
    private final Namespaces lab;
    private final int host;
    private final Tap near;
    private final Tap far;
    private final Direction out;
    private final Direction in;

    private Relay(Namespaces lab, int host, long seed) {
        this.lab = lab;
        this.host = host;
        this.near = Tap.open(lab, "t" + host);
        this.far = Tap.open(lab, "r" + host);
        this.out = new Direction(near, far, 2 * seed);
        this.in = new Direction(far, near, 2 * seed + 1);
    }

    /** Puts one into the cable of a host; frames pass as they are until it is told otherwise. */
    static Relay insert(Namespaces lab, int host, long seed) {
        Relay relay = new Relay(lab, host, seed);
        relay.ip(
                "link add q%1$d type bridge forward_delay 0 mcast_snooping 0",
                "link set q%1$d up", "link set t%1$d master q%1$d up", "link set r%1$d master lab0 up");
        relay.move("q" + host);
        return relay;
    }

    void impair(Impairment impairment) {
        out.impair(impairment);
        in.impair(impairment);
    }

    /** Takes it out; frames that are under way are lost. */
    @Override
    public void close() {
        ip("link delete t%1$d", "link delete r%1$d");
        out.join();
        in.join();
        near.close();
        far.close();
        move("lab0");
        ip("link delete q%1$d");
    }

    /** A host that is off has no port; it will find the bridge. */
    private void move(String bridge) {
        lab.run(List.of("ip", "link", "set", "h" + host, "master", bridge));
    }

    private void ip(String... commands) {
        lab.must(List.of("ip", "-batch", "-"), String.join("\n", commands).formatted(host) + "\n");
    }
}
