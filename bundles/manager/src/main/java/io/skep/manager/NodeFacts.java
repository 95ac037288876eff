package io.skep.manager;

import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.Revocation;
import io.skep.model.RootAuthority;
import io.skep.model.Trust;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;

/** What nodes are told of the swarm, from its state; pure. */
final class NodeFacts {
    private NodeFacts() {}

    /** What holds for all nodes; a worker's role stands for the node's own. */
    static SwarmFacts shared(Snapshot cluster) {
        List<ManagerAddress> managers = cluster.all(Table.NODES).stream()
                .filter(node -> node.memberId().isPresent())
                .map(node -> new ManagerAddress(node.id(), node.status().addr()))
                .toList();
        return cluster.trust()
                .map(trust -> new SwarmFacts(
                        managers,
                        trust.gossipKeys(),
                        roots(trust),
                        NodeRole.WORKER,
                        trust.revoked().stream().map(Revocation::nodeId).toList()))
                .orElseGet(() -> new SwarmFacts(managers, List.of(), List.of(), NodeRole.WORKER, List.of()));
    }

    /** The same for a node of this role. */
    static SwarmFacts withRole(SwarmFacts shared, NodeRole role) {
        return new SwarmFacts(shared.managers(), shared.gossipKeys(), shared.roots(), role, shared.revoked());
    }

    /** A manager stays one until consensus goes on without it. */
    static NodeRole role(Node node) {
        return node.memberId().isPresent() ? NodeRole.MANAGER : node.spec().role();
    }

    /** The node of a member. */
    static String nodeOf(String memberId) {
        int colon = memberId.indexOf(':');
        return colon < 0 ? memberId : memberId.substring(0, colon);
    }

    private static List<String> roots(Trust trust) {
        List<String> roots = new ArrayList<>(trust.formerRoots());
        RootAuthority root = trust.root();
        roots.add(root.certificate());
        return roots;
    }
}
