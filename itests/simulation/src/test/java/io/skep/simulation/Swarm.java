package io.skep.simulation;

import io.skep.api.scheduling.Strategy;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.manager.ManagerPart;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.parts.Nodes;
import io.skep.scheduler.HeapScheduler;
import io.skep.store.StorePart;
import io.skep.store.Witness;
import io.skep.strategy.spread.SpreadStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A simulated swarm, whose size its seed decides. */
final class Swarm {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    final Timeline timeline;
    final VirtualNetwork wire;
    final VirtualConsensus consensus;
    final VirtualGossip gossip;
    final Map<String, Machine> machines = new TreeMap<>();
    private final Path directory;
    private final Observer observer;
    private final Machine.Surroundings around;
    private final HeapScheduler scheduler = new HeapScheduler();
    private @Nullable Throwable broken;

    /** A swarm whose nodes keep their files in {@code directory}. */
    Swarm(long seed, Path directory) {
        this.directory = directory;
        timeline = new Timeline(seed);
        wire = new VirtualNetwork(timeline);
        consensus = new VirtualConsensus(timeline);
        gossip = new VirtualGossip(timeline);
        observer = new Observer(timeline);
        scheduler.bindStrategy(new SpreadStrategy(), Map.of(Strategy.PROPERTY, "spread"));
        int managers = timeline.chance(70) ? 3 : 5;
        int workers = 2 + timeline.random().nextInt(3);
        SimulatedNode founder = Nodes.founder("m1", Timeline.START);
        around = new Machine.Surroundings(wire, new Witness(consensus, founder.logKey()), gossip, scheduler);
        add(founder);
        for (int i = 2; i <= managers; i++) {
            add(Nodes.manager("m" + i, "m1"));
        }
        for (int i = 1; i <= workers; i++) {
            add(Nodes.worker("w" + i, "m1"));
        }
    }

    private void add(SimulatedNode node) {
        String id = node.nodeId();
        VirtualKernel kernel = new VirtualKernel(
                timeline,
                (scope, failure) ->
                        broke(new AssertionError(scope + " of " + id + " broke: " + failure.getMessage(), failure)));
        Machine machine = new Machine(
                node,
                timeline,
                kernel,
                around,
                folder(id),
                store -> observer.follow(id, store, kernel.open("observer")));
        machine.host.onStart(task -> observer.started(id, task));
        machines.put(id, machine);
    }

    private Path folder(String nodeId) {
        try {
            return Files.createDirectory(directory.resolve(nodeId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something happened that may not: the simulation ends with it. */
    void broke(Throwable how) {
        if (broken == null) {
            broken = how;
        }
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
        first.commit(new Transaction("joined", 0, rows)).whenComplete((done, failure) -> joined[0] = failure == null);
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

    /** The machines without which the managers are as many as before. */
    List<Machine> workers() {
        Snapshot cluster = newest();
        return machines.values().stream()
                .filter(machine -> machine.manager().isEmpty())
                .filter(machine -> cluster.find(Table.NODES, machine.node.nodeId())
                        .filter(node -> node.memberId().isEmpty())
                        .isPresent())
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
        if (broken != null) {
            throw new AssertionError("after " + timeline.now() + ": " + broken, broken);
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

    /** Takes a machine off every network. */
    void isolate(String nodeId) {
        machines.keySet().forEach(peer -> {
            wire.cut(nodeId, peer);
            wire.cut(peer, nodeId);
        });
        consensus.cut(SimulatedNode.memberOf(nodeId));
        gossip.cut(nodeId);
    }

    /** Ends every cut; who is off stays so, and nobody seeds gossip anew but one machine, by what it knows itself. */
    void reach(String nodeId) {
        wire.heal();
        consensus.heal();
        gossip.heal();
        machine(nodeId).mingle();
    }

    /** Takes a container away without a trace: nothing is left by which its node could know that it ran. */
    void vanish(Machine machine, String task) {
        observer.vanished(task);
        machine.host.vanish(task);
    }

    void heal() {
        wire.heal();
        consensus.heal();
        gossip.heal();
        machines.values().forEach(machine -> {
            machine.kernel.slow(Duration.ZERO);
            machine.on();
            machine.mingle();
        });
    }

    /** Everything is as operators want it, everybody knows the same, and nothing runs that should not. */
    boolean atRest() {
        Snapshot cluster = newest();
        return snapshots().stream().allMatch(one -> same(one, cluster))
                && rest().missing().isEmpty();
    }

    Rest rest() {
        return new Rest(newest(), machines.values());
    }

    private static boolean same(Snapshot one, Snapshot other) {
        return one.version() == other.version()
                && Table.all().stream()
                        .allMatch(table -> List.copyOf(one.all(table)).equals(List.copyOf(other.all(table))));
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
                        + task.desiredState() + " is "
                        + cluster.status(task.id())
                                .map(status -> status.state() + " at " + status.timestamp() + " " + status.err())
                                .orElse("" + cluster.stateOf(task))
                        + " " + task.pendingReason())
                .collect(Collectors.joining("\n"));
        return timeline.now() + " " + rest().missing().orElse("") + "\n" + nodes + "\n" + tasks;
    }

    void end() {
        machines.values().forEach(machine -> machine.off(false));
    }
}
