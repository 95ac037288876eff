package io.skep.manager;

import io.skep.api.control.Cluster;
import io.skep.api.identity.CertificateAuthority;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.stack.StackSpec;
import io.skep.api.store.Applied;
import io.skep.api.store.Epoch;
import io.skep.api.store.Quorum;
import io.skep.api.store.Store;
import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.RootAuthority;
import io.skep.model.Secret;
import io.skep.model.Sensitive;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.SwarmSpec;
import io.skep.model.Trust;
import io.skep.model.UnlockKey;
import io.skep.model.net.Subnet;
import io.skep.model.table.Change;
import io.skep.model.table.Lookup;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
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
    private final Quorum quorum;
    private final LocalNode node;
    private final CertificateAuthority authority;
    private final Effects effects;
    private final StepDown stepping;
    private final Scope scope;
    private final Requests requests;

    /** Needed by one request only, so that all others outlive a swap of the scheduler. */
    private volatile Optional<Scheduler> scheduler = Optional.empty();

    @Activate
    public ControlApi(
            @Reference Store store,
            @Reference Quorum quorum,
            @Reference LocalNode node,
            @Reference CertificateAuthority authority,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference Entropy entropy) {
        this.store = store;
        this.quorum = quorum;
        this.node = node;
        this.effects = effects;
        this.authority = authority;
        scope = loop.open("control");
        stepping = new StepDown(node, scope);
        requests = new Requests(store, scope, entropy);
    }

    @Deactivate
    void stop() {
        stepping.close();
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
        return done(requestId, (cluster, ids) -> ServicePlans.remove(cluster, ids, serviceId));
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
        return done(requestId, (cluster, ids) -> NetworkPlans.remove(cluster, networkId));
    }

    @Override
    public CompletionStage<Node> updateNode(String requestId, String nodeId, long version, NodeSpec spec) {
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> NodePlans.update(cluster, ids, nodeId, version, spec),
                        (before, after, ids) -> Lookup.node(after, nodeId)));
    }

    @Override
    public CompletionStage<Void> removeNode(String requestId, String nodeId, boolean force) {
        return done(requestId, (cluster, ids) -> NodePlans.remove(cluster, ids, nodeId, force));
    }

    @Override
    public CompletionStage<Void> stepDown(String requestId) {
        return done(requestId, (cluster, ids) -> NodePlans.stepDown(cluster, ids, node.nodeId()))
                .handle((begun, failure) -> stepping.down(failure))
                .thenCompose(down -> down);
    }

    @Override
    public CompletionStage<JoinToken> joinToken(NodeRole role) {
        return store.sync().thenApply(cluster -> token(cluster, role));
    }

    @Override
    public CompletionStage<JoinToken> rotateJoinToken(String requestId, NodeRole role) {
        Sensitive secret = Secrets.ofToken();
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> SwarmPlans.rotateJoinToken(cluster, role, secret),
                        (before, after, ids) -> token(after, role)));
    }

    private JoinToken token(Snapshot cluster, NodeRole role) {
        Trust trust = EnrolmentPlans.trust(cluster);
        return new JoinToken(authority.digest(trust.root().certificate()), SwarmPlans.secret(trust, role));
    }

    @Override
    public CompletionStage<Swarm> updateSwarm(String requestId, long version, SwarmSpec spec) {
        Sensitive key = Secrets.unlockKey();
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> SwarmPlans.update(cluster, version, spec, key),
                        (before, after, ids) -> Claim.swarm(after)));
    }

    @Override
    public CompletionStage<String> rotateCa(String requestId) {
        return store.sync()
                .thenCompose(cluster -> effects.run(scope, () -> nextRoot(cluster)))
                .thenCompose(next -> requests.run(
                        requestId,
                        new Request<>(
                                (cluster, ids) -> SwarmPlans.rotateCa(cluster, next),
                                (before, after, ids) ->
                                        EnrolmentPlans.trust(after).root().certificate())));
    }

    private SwarmPlans.NextRoot nextRoot(Snapshot cluster) {
        RootAuthority old = EnrolmentPlans.trust(cluster).root();
        Instant now = scope.now();
        RootAuthority next = authority.found(Claim.swarm(cluster).id(), now);
        return new SwarmPlans.NextRoot(old, next, authority.crossSign(old, next, now));
    }

    @Override
    public CompletionStage<Optional<UnlockKey>> unlockKey() {
        return store.sync().thenApply(ControlApi::unlockKey);
    }

    private static Optional<UnlockKey> unlockKey(Snapshot cluster) {
        return EnrolmentPlans.trust(cluster).unlockKey().map(key -> UnlockKey.parse(key.value()));
    }

    @Override
    public CompletionStage<UnlockKey> rotateUnlockKey(String requestId) {
        Sensitive key = Secrets.unlockKey();
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> SwarmPlans.rotateUnlockKey(cluster, key),
                        (before, after, ids) -> unlockKey(after).orElseThrow()));
    }

    @Override
    public CompletionStage<Secret> createSecret(String requestId, DataSpec spec, byte[] data) {
        return create(requestId, DataPlans.SECRETS, Table.SECRETS, spec, data);
    }

    @Override
    public CompletionStage<Secret> updateSecret(String requestId, String secretId, long version, DataSpec spec) {
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) ->
                                DataPlans.SECRETS.update(cluster, ids, Lookup.secret(cluster, secretId), version, spec),
                        (before, after, ids) -> Lookup.secret(after, secretId)));
    }

    @Override
    public CompletionStage<Void> removeSecret(String requestId, String secretId) {
        return done(requestId, (cluster, ids) -> DataPlans.SECRETS.remove(cluster, Lookup.secret(cluster, secretId)));
    }

    @Override
    public CompletionStage<Config> createConfig(String requestId, DataSpec spec, byte[] data) {
        return create(requestId, DataPlans.CONFIGS, Table.CONFIGS, spec, data);
    }

    @Override
    public CompletionStage<Config> updateConfig(String requestId, String configId, long version, DataSpec spec) {
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) ->
                                DataPlans.CONFIGS.update(cluster, ids, Lookup.config(cluster, configId), version, spec),
                        (before, after, ids) -> Lookup.config(after, configId)));
    }

    @Override
    public CompletionStage<Void> removeConfig(String requestId, String configId) {
        return done(requestId, (cluster, ids) -> DataPlans.CONFIGS.remove(cluster, Lookup.config(cluster, configId)));
    }

    private <R extends Row> CompletionStage<R> create(
            String requestId, DataPlans<R> plans, Table<R> table, DataSpec spec, byte[] data) {
        byte[] kept = data.clone();
        return requests.run(
                requestId,
                new Request<>(
                        (cluster, ids) -> plans.create(cluster, ids, spec, kept),
                        (before, after, ids) -> row(after, table, plans.idOf(spec.name(), ids))));
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
                        ? done(requestId, (cluster, ids) -> useStrategy(cluster, name))
                        : CompletableFuture.failedFuture(new SkepException(
                                ErrorCode.NOT_FOUND,
                                "there is no strategy " + name + "; there are " + String.join(", ", known))));
    }

    private static List<Change> useStrategy(Snapshot cluster, String name) {
        Swarm swarm = Claim.swarm(cluster);
        return swarm.spec().strategy().equals(name)
                ? List.of()
                : List.of(new Change.Put<>(
                        Table.SWARM,
                        swarm.withSpec(swarm.spec().withStrategy(name)),
                        cluster.versionOf(Table.SWARM, swarm.id())));
    }

    @Override
    public Epoch epoch() {
        return quorum.epoch();
    }

    @Override
    public CompletionStage<Epoch> useConsensus(String requestId, String engine) {
        return quorum.move(engine);
    }

    @Override
    public CompletionStage<Epoch> recover(String requestId) {
        Ids ids = new Ids(requestId, scope.now());
        return quorum.recover(cluster -> NodePlans.goOnAlone(cluster, ids, node.nodeId()));
    }

    private CompletionStage<Void> done(String requestId, Request.Plan plan) {
        return requests.run(requestId, new Request<>(plan, (before, after, ids) -> true))
                .thenAccept(done -> {});
    }

    private static <R extends Row> R row(Snapshot cluster, Table<R> table, String id) {
        return cluster.find(table, id)
                .orElseThrow(
                        () -> new SkepException(ErrorCode.NOT_FOUND, "the " + table + " was removed in the meantime"));
    }
}
