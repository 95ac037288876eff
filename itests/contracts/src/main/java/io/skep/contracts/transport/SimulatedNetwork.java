package io.skep.contracts.transport;

import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.NodeRole;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A network in memory that joins any number of nodes in one process. Handlers run on the thread that asks, so a test
 * that drives it from one thread is deterministic. A cut is silent, as a power-off is: requests across it time out.
 */
public final class SimulatedNetwork {
    /** Runs a time-out's action after a delay, so that a simulation can put virtual time underneath. */
    @FunctionalInterface
    public interface Timeouts {
        void after(Duration delay, Runnable action);
    }

    private final Map<String, SimulatedTransport> nodes = new ConcurrentHashMap<>();
    private final Set<String> cutNodes = ConcurrentHashMap.newKeySet();
    private final Set<Link> cutLinks = ConcurrentHashMap.newKeySet();
    private final Timeouts timeouts;

    /** A network whose time-outs follow the real clock. */
    public SimulatedNetwork() {
        this((delay, action) -> CompletableFuture.delayedExecutor(
                        delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(action));
    }

    public SimulatedNetwork(Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    /** The transport of a manager; the same one on every call. */
    public Transport manager(String nodeId) {
        return node(nodeId, NodeRole.MANAGER);
    }

    /** The transport of a node; the same one on every call. */
    public Transport node(String nodeId, NodeRole role) {
        return nodes.computeIfAbsent(nodeId, id -> new SimulatedTransport(this, new Peer(id, role, "")));
    }

    /** Takes a node off the network; what it asks and what it is asked is lost, answers on their way too. */
    public void cut(String nodeId) {
        cutNodes.add(nodeId);
    }

    /** Loses what travels from one node to another, not what travels back. */
    public void cut(String from, String to) {
        cutLinks.add(new Link(from, to));
    }

    /** Repairs the network of one node that was cut. */
    public void heal(String nodeId) {
        cutNodes.remove(nodeId);
    }

    /** Repairs every cut. */
    public void heal() {
        cutNodes.clear();
        cutLinks.clear();
    }

    boolean passes(String from, String to) {
        return from.equals(to)
                || (!cutNodes.contains(from) && !cutNodes.contains(to) && !cutLinks.contains(new Link(from, to)));
    }

    Map<String, SimulatedTransport> nodes() {
        return nodes;
    }

    void after(Duration delay, Runnable action) {
        timeouts.after(delay, action);
    }

    private record Link(String from, String to) {}
}
