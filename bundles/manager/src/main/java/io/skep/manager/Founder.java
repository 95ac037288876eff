package io.skep.manager;

import io.skep.api.consensus.Leadership;
import io.skep.api.identity.Founding;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Swarm;
import io.skep.model.net.Subnet;
import io.skep.model.net.Subnets;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the first rows of a new swarm when its founder first leads: the swarm, what its nodes trust, this node, and the network for published ports. What
 * the founding left on disk is forgotten once it is in the store.
 */
@Component(
        service = {},
        immediate = true)
public final class Founder {
    /** All nodes have an address on it, and all tasks that ask for no network: more than other networks have room for. */
    private static final int INGRESS_PREFIX = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Founder.class);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Store store;
    private final LocalNode node;
    private final LocalManager manager;
    private final Effects effects;
    private final Entropy entropy;
    private final Scope scope;
    private final Store.Watch watch;

    @Activate
    public Founder(
            @Reference Store store,
            @Reference LocalNode node,
            @Reference LocalManager manager,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference Entropy entropy) {
        this.store = store;
        this.node = node;
        this.manager = manager;
        this.effects = effects;
        this.entropy = entropy;
        scope = loop.open("founder");
        watch = store.onLeadership(scope, this::lead);
    }

    @Deactivate
    void stop() {
        scope.close();
        watch.close();
    }

    private void lead(Leadership leadership) {
        Optional<Founding> founding = manager.founding();
        if (!leadership.local() || founding.isEmpty()) {
            return;
        }
        if (store.snapshot().swarm().isPresent()) {
            forget();
            return;
        }
        List<Change> rows = rows(founding.get(), scope.now());
        store.commit(new Transaction("", leadership.term(), rows)).whenComplete((done, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> written(failure));
            }
        });
    }

    private void written(@Nullable Throwable failure) {
        if (failure == null) {
            forget();
        } else {
            LOG.warn("cannot found the swarm yet: {}", failure.getMessage());
            scope.after(AGAIN, () -> lead(store.leadership()));
        }
    }

    private void forget() {
        CompletionStage<Boolean> forgotten = effects.run(scope, () -> {
            manager.founded();
            return true;
        });
        forgotten.whenComplete((done, failure) -> {
            if (failure != null && !scope.closed()) {
                LOG.warn("cannot forget yet what the swarm was founded with: {}", failure.getMessage());
                scope.after(AGAIN, this::forget);
            }
        });
    }

    private List<Change> rows(Founding founding, Instant now) {
        Swarm swarm = Swarm.founded(node.swarmId(), now);
        List<Change> rows = new ArrayList<>();
        rows.add(new Change.Put<>(Table.SWARM, swarm, Change.ABSENT));
        rows.add(new Change.Put<>(Table.TRUST, founding.trust(), Change.ABSENT));
        rows.add(new Change.Put<>(Table.NODES, self(now), Change.ABSENT));
        ingressSubnet(swarm)
                .ifPresent(free -> rows.add(new Change.Put<>(Table.NETWORKS, ingress(free, now), Change.ABSENT)));
        return rows;
    }

    private static Optional<Subnet> ingressSubnet(Swarm swarm) {
        Subnet pool = Subnet.parse(swarm.addressPool());
        List<Subnet> taken = HostSubnets.taken();
        return Subnets.firstFree(pool, INGRESS_PREFIX, taken)
                .or(() -> Subnets.firstFree(pool, swarm.subnetSize(), taken));
    }

    private Node self(Instant now) {
        return new Node(
                node.nodeId(),
                now,
                now,
                new NodeSpec("", Map.of(), NodeRole.MANAGER, NodeSpec.Availability.ACTIVE),
                Optional.empty(),
                new NodeStatus(NodeStatus.State.UNKNOWN, "not heard of yet", node.transportAddress()),
                Optional.of(manager.memberId()));
    }

    private Network ingress(Subnet subnet, Instant now) {
        NetworkSpec spec = new NetworkSpec(NetworkPlans.INGRESS, Map.of(), "", "", "", false, false, true);
        return new Network(
                entropy.newId(),
                now,
                spec,
                subnet.toString(),
                Subnet.text(subnet.first()),
                NetworkPlans.FIRST_VNI,
                false);
    }
}
