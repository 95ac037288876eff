package io.skep.simulation;

import io.skep.api.scheduling.Strategy;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.manager.ManagerPart;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeStatus;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.parts.Nodes;
import io.skep.scheduler.HeapScheduler;
import io.skep.store.StorePart;
import io.skep.strategy.spread.SpreadStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A simulated swarm, whose size its seed decides. */
final class Swarm {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int DEAR = 200;
    final Timeline timeline;
    final VirtualNetwork wire;
    final VirtualConsensus consensus;
    final Map<String, Machine> machines = new TreeMap<>();
    private final Observer observer;
    private final HeapScheduler scheduler = new HeapScheduler();
    private @Nullable Throwable broken;
    private long steps;

    Swarm(long seed) {
        timeline = new Timeline(seed);
        wire = new VirtualNetwork(timeline);
        consensus = new VirtualConsensus(timeline);
        observer = new Observer(timeline);
        scheduler.bindStrategy(new SpreadStrategy(), Map.of(Strategy.PROPERTY, "spread"));
        int managers = timeline.chance(70) ? 3 : 5;
        int workers = 2 + timeline.random().nextInt(3);
        add(Nodes.founder("m1", Timeline.START));
        for (int i = 2; i <= managers; i++) {
            add(Nodes.manager("m" + i, "m1"));
        }
        for (int i = 1; i <= workers; i++) {
            add(Nodes.worker("w" + i, "m1"));
        }
    }

    private void add(SimulatedNode node) {
        VirtualKernel kernel = new VirtualKernel(timeline, (scope, failure) -> {
            if (broken == null) {
                broken = new AssertionError(scope + " of " + node.nodeId() + " broke", failure);
            }
        });
        machines.put(
                node.nodeId(),
                new Machine(
                        node,
                        timeline,
                        kernel,
                        wire,
                        consensus,
                        scheduler,
                        store -> observer.follow(node.nodeId(), store, kernel.open("observer"))));
    }

    /** Founds the swarm, lets everybody join, and waits until all are ready. */
    void begin() {
        machine("m1").on();
        Store first = machine("m1").store().orElseThrow().store();
        until("the swarm is founded", () -> first.snapshot().swarm().isPresent());
        List<Change> rows = machines.values().stream()
                .filter(machine -> !machine.isOn())
                .<Change>map(machine ->
                        new Change.Put<>(Table.NODES, Nodes.row(machine.node, timeline.now()), Change.ABSENT))
                .toList();
        boolean[] joined = {false};
        first.commit(new Transaction("", 0, rows)).whenComplete((done, failure) -> joined[0] = failure == null);
        until("all have joined", () -> joined[0]);
        machines.values().forEach(Machine::on);
        until("all are ready", this::atRest);
    }

    Machine machine(String nodeId) {
        return Optional.ofNullable(machines.get(nodeId)).orElseThrow();
    }

    /** The control APIs that answer at present. */
    List<ManagerPart> managers() {
        return machines.values().stream()
                .flatMap(machine -> machine.manager().stream())
                .toList();
    }

    /** The newest state that any manager has. */
    Snapshot newest() {
        Snapshot newest = Snapshot.empty();
        for (Snapshot one : snapshots()) {
            newest = one.version() > newest.version() ? one : newest;
        }
        return newest;
    }

    private List<Snapshot> snapshots() {
        return machines.values().stream()
                .flatMap(machine -> machine.store().stream())
                .map(StorePart::store)
                .map(Store::snapshot)
                .toList();
    }

    void pass(Duration time) {
        Instant until = timeline.now().plus(time);
        while (timeline.step(until)) {
            check();
        }
    }

    private void check() {
        steps++;
        if (broken != null) {
            throw new AssertionError("after " + timeline.now(), broken);
        }
        if (steps % DEAR == 0) {
            Set<String> seen = new TreeSet<>();
            machines.values().forEach(machine -> machine.containers()
                    .forEach(id -> Observer.require(seen.add(id), "two nodes have a container of task " + id)));
        }
    }

    void until(String what, BooleanSupplier condition) {
        Instant late = timeline.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (timeline.now().isAfter(late)) {
                throw new AssertionError("not within " + PATIENCE.toMinutes() + " min: " + what + "\n" + describe());
            }
            pass(Duration.ofSeconds(1));
        }
    }

    void heal() {
        wire.heal();
        consensus.heal();
        machines.values().forEach(machine -> {
            machine.kernel.slow(Duration.ZERO);
            machine.on();
        });
    }

    /** Everything is as operators want it, everybody knows the same, and nothing runs that should not. */
    boolean atRest() {
        Snapshot cluster = newest();
        boolean agreed = snapshots().stream().allMatch(one -> same(one, cluster));
        boolean nodes = cluster.all(Table.NODES).stream().allMatch(this::ready);
        boolean services =
                cluster.all(Table.SERVICES).stream().allMatch(service -> !service.removing() && full(cluster, service));
        return agreed && nodes && services && tidy(cluster);
    }

    private static boolean same(Snapshot one, Snapshot other) {
        return one.version() == other.version()
                && Table.all().stream()
                        .allMatch(table -> List.copyOf(one.all(table)).equals(List.copyOf(other.all(table))));
    }

    private boolean ready(Node node) {
        NodeRole wanted = node.spec().role();
        Machine machine = machine(node.id());
        return node.status().state() == NodeStatus.State.READY
                && machine.node.role() == wanted
                && machine.store().isPresent() == (wanted == NodeRole.MANAGER);
    }

    private static boolean full(Snapshot cluster, Service service) {
        List<Task> wanted = cluster.tasksOfService(service.id()).stream()
                .filter(task -> !task.desiredState().after(TaskState.RUNNING))
                .toList();
        return wanted.size() == service.spec().mode().replicas()
                && wanted.stream().map(Task::slot).distinct().count() == wanted.size()
                && wanted.stream().allMatch(task -> cluster.stateOf(task) == TaskState.RUNNING)
                && wanted.stream()
                        .allMatch(task -> task.spec().equals(service.spec().taskTemplate()));
    }

    /** Each running task has its sandbox on its node, no other has one, and no container is of a task that is no more. */
    private boolean tidy(Snapshot cluster) {
        for (Machine machine : machines.values()) {
            Set<String> expected = cluster.tasksOfNode(machine.node.nodeId()).stream()
                    .filter(task -> cluster.stateOf(task) == TaskState.RUNNING)
                    .map(Task::id)
                    .collect(Collectors.toSet());
            boolean known = machine.containers().stream()
                    .allMatch(id -> cluster.find(Table.TASKS, id).isPresent());
            if (!known
                    || !machine.network.sandboxes().keySet().equals(expected)
                    || !machine.containers().containsAll(expected)) {
                return false;
            }
        }
        return true;
    }

    String describe() {
        Snapshot cluster = newest();
        String nodes = machines.values().stream()
                .map(machine -> machine.node.nodeId() + " is " + machine.node.role() + " on " + machine.isOn() + " "
                        + cluster.find(Table.NODES, machine.node.nodeId())
                                .map(node -> node.spec() + " " + node.status() + node.memberId())
                        + " version "
                        + machine.store()
                                .map(store -> store.store().snapshot().version() + " "
                                        + store.store().leadership())
                        + " sandboxes "
                        + new TreeSet<>(machine.network.sandboxes().keySet()) + " containers " + machine.containers())
                .collect(Collectors.joining("\n"));
        String tasks = cluster.all(Table.TASKS).stream()
                .map(task -> task.name() + " " + task.id() + " on '" + task.nodeId() + "' desired "
                        + task.desiredState() + " is " + cluster.stateOf(task) + " " + task.pendingReason())
                .collect(Collectors.joining("\n"));
        return timeline.now() + "\n" + nodes + "\n" + tasks;
    }

    void end() {
        machines.values().forEach(machine -> machine.off(false));
    }
}
