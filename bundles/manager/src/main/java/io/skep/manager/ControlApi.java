package io.skep.manager;

import io.skep.api.control.Cluster;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.stack.StackSpec;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Node;
import io.skep.model.NodeSpec;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.net.Subnet;
import io.skep.model.table.Change;
import io.skep.model.table.Lookup;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What operators ask for, each request a plan that is committed. */
@Component(service = Cluster.class, immediate = true, configurationPid = "io.skep.manager")
public final class ControlApi implements Cluster {
    private final Store store;
    private final Scope scope;
    private final Requests requests;

    /** Needed by one request only, so that all others outlive a swap of the scheduler. */
    private volatile Optional<Scheduler> scheduler = Optional.empty();

    @Activate
    public ControlApi(@Reference Store store, @Reference EventLoop loop, @Reference Entropy entropy) {
        this.store = store;
        scope = loop.open("control");
        requests = new Requests(store, scope, entropy);
    }

    @Deactivate
    void stop() {
        scope.close();
    }

    @Reference(
            name = "scheduler",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(engine=heap)")
    void bindScheduler(Scheduler bound) {
        scheduler = Optional.of(bound);
    }

    void unbindScheduler(Scheduler unbound) {
        scheduler = scheduler.filter(bound -> bound != unbound);
    }

    @Override
    public CompletionStage<Snapshot> read() {
        return store.sync();
    }

    @Override
    public Store.Watch watch(Scope owner, Consumer<Applied> watcher) {
        return store.watch(owner, watcher);
    }

    @Override
    public CompletionStage<Service> createService(String requestId, ServiceSpec spec) {
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> ServicePlans.create(cluster, ids, spec),
                        (before, after, ids) -> row(after, Table.SERVICES, ServicePlans.idOf(spec.name(), ids))));
    }

    @Override
    public CompletionStage<Service> updateService(String requestId, String serviceId, long version, ServiceSpec spec) {
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> ServicePlans.update(cluster, ids, serviceId, version, spec),
                        (before, after, ids) -> Lookup.service(after, serviceId)));
    }

    @Override
    public CompletionStage<Service> rollbackService(String requestId, String serviceId) {
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> ServicePlans.rollback(cluster, ids, serviceId),
                        (before, after, ids) -> Lookup.service(after, serviceId)));
    }

    @Override
    public CompletionStage<Void> removeService(String requestId, String serviceId) {
        return requests.run(requestId, silent((cluster, ids) -> ServicePlans.remove(cluster, ids, serviceId)))
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Network> createNetwork(String requestId, NetworkSpec spec) {
        List<Subnet> host = HostSubnets.taken();
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> NetworkPlans.create(cluster, ids, spec, host),
                        (before, after, ids) -> row(after, Table.NETWORKS, NetworkPlans.idOf(spec.name(), ids))));
    }

    @Override
    public CompletionStage<Void> removeNetwork(String requestId, String networkId) {
        return requests.run(requestId, silent((cluster, ids) -> NetworkPlans.remove(cluster, networkId)))
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Node> updateNode(String requestId, String nodeId, long version, NodeSpec spec) {
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> updateNode(cluster, ids, nodeId, version, spec),
                        (before, after, ids) -> Lookup.node(after, nodeId)));
    }

    @Override
    public CompletionStage<List<String>> deployStack(String requestId, StackSpec stack, boolean prune) {
        List<Subnet> host = HostSubnets.taken();
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> StackPlans.deploy(cluster, ids, stack, prune, host),
                        (before, after, ids) -> StackPlans.lines(before, after, stack.name())));
    }

    @Override
    public CompletionStage<List<String>> removeStack(String requestId, String stackName) {
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> StackPlans.remove(cluster, ids, stackName),
                        (before, after, ids) -> StackPlans.lines(before, after, stackName)));
    }

    @Override
    public CompletionStage<List<String>> strategies() {
        return scheduler
                .map(bound -> CompletableFuture.completedFuture(bound.strategies()))
                .orElseGet(() -> CompletableFuture.failedFuture(new SkepException(
                        ErrorCode.PART_MISSING,
                        "the scheduler is not running; start its bundle io.skep.scheduler and repeat the command")));
    }

    @Override
    public CompletionStage<Void> useStrategy(String requestId, String name) {
        return strategies()
                .thenCompose(known -> known.contains(name)
                        ? requests.run(requestId, silent((cluster, ids) -> useStrategy(cluster, name)))
                        : CompletableFuture.failedFuture(new SkepException(
                                ErrorCode.NOT_FOUND,
                                "there is no strategy " + name + "; there are " + String.join(", ", known))))
                .thenAccept(done -> {});
    }

    private static List<Change> updateNode(Snapshot cluster, Ids ids, String nodeId, long version, NodeSpec spec) {
        Node node = Lookup.node(cluster, nodeId);
        if (spec.equals(node.spec())) {
            return List.of();
        }
        if (spec.role() != node.spec().role()) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "the only manager " + node.displayName() + " cannot be demoted; promote another node first");
        }
        long expected = version == Change.ANY ? cluster.versionOf(Table.NODES, node.id()) : version;
        return List.of(new Change.Put<>(Table.NODES, node.withSpec(spec, ids.now()), expected));
    }

    private static List<Change> useStrategy(Snapshot cluster, String name) {
        Swarm swarm = Claim.swarm(cluster);
        return swarm.strategy().equals(name)
                ? List.of()
                : List.of(new Change.Put<>(
                        Table.SWARM, swarm.withStrategy(name), cluster.versionOf(Table.SWARM, swarm.id())));
    }

    private static Request<Boolean> silent(Request.Plan plan) {
        return new Request<>(plan, (before, after, ids) -> true);
    }

    private static <R extends Row> R row(Snapshot cluster, Table<R> table, String id) {
        return cluster.find(table, id)
                .orElseThrow(
                        () -> new SkepException(ErrorCode.NOT_FOUND, "the " + table + " was removed in the meantime"));
    }
}
