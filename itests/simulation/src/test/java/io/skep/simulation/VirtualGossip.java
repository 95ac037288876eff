package io.skep.simulation;

import io.skep.api.gossip.Gossip;
import io.skep.contracts.gossip.SimulatedGossipNetwork;
import io.skep.gossip.atomix.GossipPart;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gossip in virtual time: who is there is told by the contracts' simulated network, for Atomix's SWIM has threads and a clock of its own. What is stated
 * travels in production's messages, which come out of order, are lost, and end at a cut.
 */
final class VirtualGossip {
    private static final Duration DELAY = Duration.ofMillis(5);
    private final Timeline timeline;
    private final SimulatedGossipNetwork membership;
    /** By node. */
    private final Map<String, String> addresses = new TreeMap<>();
    /** By address. */
    private final Map<String, GossipPart> running = new TreeMap<>();

    private final Set<String> cut = new TreeSet<>();
    private int lost;
    private long runs;

    VirtualGossip(Timeline timeline) {
        this.timeline = timeline;
        membership = new SimulatedGossipNetwork(timeline::after);
    }

    /** Starts a node, or starts it again: a new run that remembers nothing and knows nobody. */
    Gossip start(String nodeId) {
        stop(nodeId);
        String address = address(nodeId);
        GossipPart part = new GossipPart(membership.start(nodeId), ++runs, this::address, new Wire(address));
        running.put(address, part);
        return part;
    }

    /** Ends a node without a word to the others. */
    void stop(String nodeId) {
        membership.stop(nodeId);
        GossipPart ended = running.remove(address(nodeId));
        if (ended != null) {
            ended.stop();
        }
    }

    /** Loses everything that travels to or from a node. */
    void cut(String nodeId) {
        membership.cut(nodeId);
        cut.add(address(nodeId));
    }

    /** How many of a hundred messages are lost. */
    void lose(int percent) {
        lost = percent;
    }

    void heal() {
        cut.clear();
        lost = 0;
        membership.heal();
    }

    private String address(String nodeId) {
        return addresses.computeIfAbsent(nodeId, id -> "10.0.0." + (addresses.size() + 1) + ":7946");
    }

    /** What a node sends by. */
    private final class Wire implements GossipPart.Wire {
        private final String from;

        Wire(String from) {
            this.from = from;
        }

        @Override
        public void send(String to, byte[] content) {
            timeline.after(timeline.upTo(DELAY), () -> deliver(from, to, content));
        }

        @Override
        public void after(Duration delay, Runnable work) {
            timeline.after(delay, work);
        }
    }

    private void deliver(String from, String to, byte[] content) {
        GossipPart receiver = running.get(to);
        boolean passes = !cut.contains(from) && !cut.contains(to) && !timeline.chance(lost);
        if (receiver != null && passes) {
            receiver.receive(content);
        }
    }
}
