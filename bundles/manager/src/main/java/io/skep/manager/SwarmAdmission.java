package io.skep.manager;

import io.skep.api.identity.LocalNode;
import io.skep.api.store.Store;
import io.skep.api.transport.Admission;
import io.skep.api.transport.Peer;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.Revocation;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Listens to no node that was removed, and to a demoted one only as a worker, though their certificates last longer. A manager looks at its own copy of the
 * state, another node at what the leader told it.
 *
 * <p>A manager's copy may be old: it must not keep a newly promoted leader from bringing it up to date. So a role is lowered only while a leader is known,
 * and never the leader's own.
 */
@Component
public final class SwarmAdmission implements Admission {
    private final LocalNode node;
    private volatile Optional<Store> store = Optional.empty();

    @Activate
    public SwarmAdmission(@Reference LocalNode node) {
        this.node = node;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(Store bound) {
        store = Optional.of(bound);
    }

    void unbindStore(Store unbound) {
        store = store.filter(bound -> bound != unbound);
    }

    @Override
    public Peer admit(Peer certified) {
        String nodeId = certified.nodeId();
        Optional<Store> own = store;
        if (certified.anonymous() || nodeId.equals(node.nodeId())) {
            return certified;
        }
        if (node.facts().revoked().contains(nodeId)
                || own.filter(known -> revoked(known.snapshot(), nodeId)).isPresent()) {
            throw new SkepException(
                    ErrorCode.FORBIDDEN,
                    "node " + nodeId + " was removed from the swarm; let it leave with force and join again");
        }
        return own.filter(known -> certified.role() == NodeRole.MANAGER && demoted(known, nodeId))
                .map(known -> new Peer(nodeId, NodeRole.WORKER, certified.host()))
                .orElse(certified);
    }

    private static boolean revoked(Snapshot cluster, String nodeId) {
        return cluster.trust().stream()
                .flatMap(trust -> trust.revoked().stream())
                .map(Revocation::nodeId)
                .anyMatch(nodeId::equals);
    }

    private static boolean demoted(Store own, String nodeId) {
        Optional<String> leader = own.leadership().leader().map(NodeFacts::nodeOf);
        Optional<Node> row = own.snapshot().find(Table.NODES, nodeId);
        return leader.filter(id -> !id.equals(nodeId)).isPresent()
                && row.filter(known -> NodeFacts.role(known) == NodeRole.WORKER).isPresent();
    }
}
