package io.skep.vertical;

import io.skep.api.control.Cluster;
import io.skep.api.kernel.Scope;
import io.skep.api.scheduling.Strategy;
import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.kernel.KernelPart;
import io.skep.manager.ManagerPart;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.parts.Nodes;
import io.skep.parts.Reconcilers;
import io.skep.scheduler.HeapScheduler;
import io.skep.store.StorePart;
import io.skep.strategy.binpack.BinpackStrategy;
import io.skep.strategy.spread.SpreadStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A swarm of one manager in this virtual machine, made of the production classes, any of which can be swapped. */
final class Vertical implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    final KernelPart kernel = new KernelPart();
    final HostThread thread = new HostThread();
    final ThreadedConsensus consensus = new ThreadedConsensus(thread);
    final HeapScheduler scheduler = new HeapScheduler();
    final SimulatedNetwork network = new SimulatedNetwork();
    final SimulatedNode founder = Nodes.founder("n1", Instant.now());
    final Worker worker = new Worker(founder, network.manager("n1"), kernel, thread);
    private final Scope scope = kernel.loop().open("test");
    private StorePart store;
    private ManagerPart manager;

    Vertical() {
        scheduler.bindStrategy(new SpreadStrategy(), named("spread"));
        scheduler.bindStrategy(new BinpackStrategy(), named("binpack"));
        store = new StorePart(consensus, founder, kernel);
        manager = startManager();
        follow();
        until("the swarm is founded", cluster -> cluster.swarm().isPresent());
        worker.startAgent();
    }

    static Map<String, Object> named(String strategy) {
        return Map.of(Strategy.PROPERTY, strategy);
    }

    private ManagerPart startManager() {
        return new ManagerPart(
                store.store(), store.quorum(), founder, network.manager("n1"), kernel, Reconcilers.all(), scheduler);
    }

    private void follow() {
        store.store().watch(scope, applied -> thread.changed());
    }

    /** What needs a store goes with it, as Declarative Services does it. */
    void stopStore() {
        worker.stopAgent();
        manager.close();
        store.close();
    }

    void startStore() {
        store = new StorePart(consensus, founder, kernel);
        follow();
        manager = startManager();
        worker.startAgent();
    }

    /** What a swap of scheduler or orchestrator causes: the store stays. */
    void swapManager() {
        worker.stopAgent();
        manager.close();
        manager = startManager();
        worker.startAgent();
    }

    void swapAgent() {
        worker.stopAgent();
        worker.startAgent();
    }

    ManagerPart manager() {
        return manager;
    }

    StorePart store() {
        return store;
    }

    Cluster cluster() {
        return manager.cluster();
    }

    Snapshot snapshot() {
        return store.store().snapshot();
    }

    Service create(ServiceSpec spec) {
        return Await.answer(cluster().createService("", spec));
    }

    /** Waits until the state is as it should be. */
    void until(String what, Predicate<Snapshot> condition) {
        untilHost(what, () -> condition.test(snapshot()));
    }

    /** Waits until something holds that is looked at on the host's thread. */
    void untilHost(String what, BooleanSupplier condition) {
        try {
            thread.until(condition).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not within " + PATIENCE_SECONDS + " s: " + what + "\n" + describe(), late);
        } catch (ExecutionException failure) {
            throw new AssertionError(what, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what, stopped);
        }
    }

    /** Waits until exactly so many tasks of a service run, none else is on its way, and gives them. */
    List<Task> running(Service service, int count) {
        until(
                service.spec().name() + " has " + count + " tasks running",
                cluster -> wanted(cluster, service).size() == count
                        && running(cluster, service).size() == count);
        return running(snapshot(), service);
    }

    static List<Task> wanted(Snapshot cluster, Service service) {
        return cluster.tasksOfService(service.id()).stream()
                .filter(task -> !task.desiredState().after(TaskState.RUNNING))
                .toList();
    }

    static List<Task> running(Snapshot cluster, Service service) {
        return wanted(cluster, service).stream()
                .filter(task -> cluster.stateOf(task) == TaskState.RUNNING)
                .toList();
    }

    /** Tasks of a service whose end was told as a failure. */
    static List<Task> failed(Snapshot cluster, Service service) {
        return cluster.tasksOfService(service.id()).stream()
                .filter(task ->
                        cluster.stateOf(task) == TaskState.FAILED || cluster.stateOf(task) == TaskState.REJECTED)
                .toList();
    }

    private String describe() {
        Snapshot cluster = snapshot();
        return cluster.all(Table.TASKS).stream()
                .map(task -> task.name() + " " + task.id() + " on '" + task.nodeId() + "' desired "
                        + task.desiredState() + " is " + cluster.stateOf(task) + " " + task.attachments() + " "
                        + task.pendingReason() + cluster.status(task.id()))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        worker.stopAgent();
        manager.close();
        store.close();
        scope.close();
        kernel.close();
        thread.close();
    }
}
