package io.skep.contracts.gossip;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member.Liveness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory on which any number of {@link SimulatedGossip} nodes gossip in one thread: everything happens in the
 * timers it is given, so that the same calls in the same virtual time bring the same reports in the same order.
 */
public final class SimulatedGossipNetwork {
    private static final Duration LATENCY = Duration.ofMillis(1);
    private static final Duration SUSPECT_AFTER = Duration.ofMillis(600);
    private static final Duration DEAD_AFTER = Duration.ofMillis(1_200);

    /** Runs an action after a delay on the one thread, such as {@code scope::after}. */
    @FunctionalInterface
    public interface Timers {
        void after(Duration delay, Runnable action);
    }

    /** One loss of a node; a later one of the same node is another. */
    private static final class Loss {}

    private final Timers timers;
    private final Map<String, SimulatedGossip> running = new TreeMap<>();
    private final Set<String> cut = new TreeSet<>();
    private final Map<String, Loss> lost = new TreeMap<>();
    private long run;

    public SimulatedGossipNetwork(Timers timers) {
        this.timers = timers;
    }

    /** Starts a node, or starts it again: a new run that remembers nothing and knows nobody. */
    public Gossip start(String nodeId) {
        stop(nodeId);
        if (!cut.contains(nodeId)) {
            lost.remove(nodeId);
        }
        SimulatedGossip node = new SimulatedGossip(this, nodeId, ++run);
        running.put(nodeId, node);
        return node;
    }

    /** Ends a node without a word to the others. */
    public void stop(String nodeId) {
        SimulatedGossip node = running.remove(nodeId);
        if (node != null) {
            node.stop();
            lose(nodeId);
        }
    }

    /** Loses everything that travels to or from a node. */
    public void cut(String nodeId) {
        cut.add(nodeId);
        lose(nodeId);
    }

    /** Ends every cut; who knew each other meets again. */
    public void heal() {
        cut.forEach(lost::remove);
        cut.clear();
        List.copyOf(running.values()).forEach(node -> node.peers().forEach(peer -> meet(node.nodeId(), peer)));
    }

    private void lose(String nodeId) {
        Loss loss = new Loss();
        lost.put(nodeId, loss);
        timers.after(SUSPECT_AFTER, () -> notice(nodeId, loss, Liveness.SUSPECT));
        timers.after(DEAD_AFTER, () -> notice(nodeId, loss, Liveness.DEAD));
    }

    private void notice(String nodeId, Loss loss, Liveness opinion) {
        if (lost.get(nodeId) != loss) {
            return;
        }
        SimulatedGossip gone = running.get(nodeId);
        for (SimulatedGossip node : List.copyOf(running.values())) {
            node.opine(nodeId, opinion);
            if (gone != null) {
                gone.opine(node.nodeId(), opinion);
            }
        }
    }

    private @Nullable SimulatedGossip reachable(String from, String to) {
        return cut.contains(from) || cut.contains(to) ? null : running.get(to);
    }

    /** Lets two nodes exchange all they know, unless something is between them. */
    void meet(String one, String other) {
        timers.after(LATENCY, () -> {
            SimulatedGossip a = reachable(other, one);
            SimulatedGossip b = reachable(one, other);
            if (a != null && b != null && a != b) {
                List<String> strangers = new ArrayList<>(a.strangers(b));
                b.strangers(a).forEach(stranger -> meet(other, stranger));
                strangers.forEach(stranger -> meet(one, stranger));
                a.learn(b);
                b.learn(a);
            }
        });
    }

    /** Carries one statement to a node. */
    void push(String from, String to, String table, String owner, SimulatedStatement statement) {
        timers.after(LATENCY, () -> {
            SimulatedGossip node = reachable(from, to);
            if (node != null) {
                node.learn(table, owner, statement);
            }
        });
    }

    /** Runs {@code report} as soon as the present event has ended. */
    void report(Runnable report) {
        timers.after(Duration.ZERO, report);
    }
}
