package io.skep.vertical;

import io.skep.api.control.Cluster;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.parts.Nodes;
import io.skep.scheduler.HeapScheduler;
import io.skep.strategy.spread.SpreadStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A swarm of three managers and two workers in this virtual machine, over a network that can be cut. */
final class Fleet implements AutoCloseable {
    static final List<String> MANAGERS = List.of("m1", "m2", "m3");
    static final List<String> WORKERS = List.of("w1", "w2");
    private static final long PATIENCE_SECONDS = 60;
    final HostThread thread = new HostThread();
    final ThreadedConsensus consensus = new ThreadedConsensus(thread);
    final SimulatedNetwork network = new SimulatedNetwork();
    private final Map<String, Host> hosts = new LinkedHashMap<>();

    Fleet() {
        HeapScheduler scheduler = new HeapScheduler();
        scheduler.bindStrategy(new SpreadStrategy(), Vertical.named("spread"));
        add(Nodes.founder("m1", Instant.now()), scheduler);
        add(Nodes.manager("m2", "m1"), scheduler);
        add(Nodes.manager("m3", "m1"), scheduler);
        WORKERS.forEach(id -> add(Nodes.worker(id, "m1"), scheduler));
        Store first = host("m1").store().store();
        untilHost("the swarm is founded", () -> first.snapshot().swarm().isPresent());
        List<Change> rows = hosts.values().stream()
                .map(host -> Nodes.row(host.node, Instant.now()))
                .filter(row -> first.snapshot().find(Table.NODES, row.id()).isEmpty())
                .<Change>map(row -> new Change.Put<>(Table.NODES, row, Change.ABSENT))
                .toList();
        Await.answer(first.commit(new Transaction("", 0, rows)));
        hosts.values().forEach(host -> host.worker.startAgent());
        untilHost(
                "all managers vote",
                () -> first.snapshot().all(Table.NODES).size() == 5
                        && host("m1").store().quorum().members().size() == MANAGERS.size());
        until(
                "all nodes are ready",
                cluster -> cluster.all(Table.NODES).size() == 5
                        && cluster.all(Table.NODES).stream().allMatch(Fleet::ready));
    }

    private void add(SimulatedNode node, HeapScheduler scheduler) {
        Host host = new Host(node, network.node(node.nodeId(), node.role()), consensus, scheduler, thread);
        hosts.put(node.nodeId(), host);
        if (node.role() == NodeRole.MANAGER) {
            Scope scope = host.kernel().loop().open("test");
            host.store().store().watch(scope, applied -> thread.changed());
        }
    }

    Host host(String nodeId) {
        return Objects.requireNonNull(hosts.get(nodeId));
    }

    private static boolean ready(Node node) {
        return node.status().state() == NodeStatus.State.READY;
    }

    /** Takes a host off every network at once. */
    void cut(String nodeId) {
        network.cut(nodeId);
        if (MANAGERS.contains(nodeId)) {
            consensus.cut(SimulatedNode.memberOf(nodeId));
        }
    }

    void heal() {
        network.heal();
        consensus.heal();
    }

    /** The manager that leads, among those that are not cut off. */
    String leader() {
        String member = host("m3").store().store().leadership().leader().orElseThrow();
        return member.substring(0, member.indexOf(':'));
    }

    /** What the third manager knows, which no test cuts off. */
    Snapshot snapshot() {
        return host("m3").store().store().snapshot();
    }

    Cluster cluster() {
        return host("m3").manager().cluster();
    }

    Service create(ServiceSpec spec) {
        return Await.answer(cluster().createService("", spec));
    }

    /** Asks for another role of a node. */
    void role(String nodeId, NodeRole role) {
        NodeSpec spec = snapshot().find(Table.NODES, nodeId).orElseThrow().spec();
        Await.answer(cluster()
                .updateNode(
                        "", nodeId, Change.ANY, new NodeSpec(spec.name(), spec.labels(), role, spec.availability())));
    }

    /** Who votes, as the third manager knows it. */
    List<String> members() {
        return host("m3").store().quorum().members();
    }

    Duration until(String what, Predicate<Snapshot> condition) {
        return untilHost(what, () -> condition.test(snapshot()));
    }

    /** Waits until something holds, and says how long that took. */
    Duration untilHost(String what, BooleanSupplier condition) {
        long began = System.nanoTime();
        try {
            thread.until(condition).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Duration.ofNanos(System.nanoTime() - began);
        } catch (TimeoutException late) {
            throw new AssertionError("not within " + PATIENCE_SECONDS + " s: " + what + "\n" + describe(), late);
        } catch (ExecutionException failure) {
            throw new AssertionError(what, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what, stopped);
        }
    }

    List<Task> running(Service service, int count) {
        until(
                service.spec().name() + " has " + count + " tasks running",
                cluster -> Vertical.wanted(cluster, service).size() == count
                        && Vertical.running(cluster, service).size() == count);
        return Vertical.running(snapshot(), service);
    }

    /** The tasks whose containers run on a host now. */
    Set<String> sandboxes(String nodeId) {
        return Set.copyOf(host(nodeId).worker.sandboxes());
    }

    /** Every running task has a sandbox on its node, and there is no other: on the host's thread. */
    boolean tidy(Service service) {
        for (String nodeId : hosts.keySet()) {
            Set<String> expected = Vertical.running(snapshot(), service).stream()
                    .filter(task -> task.nodeId().equals(nodeId))
                    .map(Task::id)
                    .collect(Collectors.toSet());
            if (!host(nodeId).worker.sandboxes().equals(expected)) {
                return false;
            }
        }
        return true;
    }

    /** As the founder knows it, who knows the most while the others are yet to be heard. */
    private String describe() {
        Snapshot cluster = host("m1").store().store().snapshot();
        String nodes = cluster.all(Table.NODES).stream()
                .map(node -> node.id() + " " + node.status() + " has "
                        + new TreeSet<>(host(node.id()).worker.sandboxes()))
                .collect(Collectors.joining("\n"));
        return nodes + "\n"
                + cluster.all(Table.TASKS).stream()
                        .map(task -> task.name() + " " + task.id() + " on '" + task.nodeId() + "' desired "
                                + task.desiredState() + " is " + cluster.stateOf(task))
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        hosts.values().forEach(Host::close);
        thread.close();
    }
}
