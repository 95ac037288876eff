package io.skep.manager;

import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.SkepException;
import io.skep.model.Trust;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What joining and renewing changes; pure. */
final class EnrolmentPlans {
    private EnrolmentPlans() {}

    /**
     * A host joins. Its node id follows from its key, so a repeated request meets the row that the first made.
     *
     * @param role that its token grants; a node that is there keeps a greater one
     */
    static List<Change> join(
            Snapshot cluster, Instant now, String nodeId, NodeRole role, String address, String memberSuffix) {
        notRevoked(cluster, nodeId);
        Optional<Node> known = cluster.find(Table.NODES, nodeId);
        Node before = known.orElseGet(() -> new Node(
                nodeId,
                now,
                now,
                new NodeSpec("", Map.of(), role, NodeSpec.Availability.ACTIVE),
                Optional.empty(),
                new NodeStatus(NodeStatus.State.UNKNOWN, "has not been heard of yet", address),
                Optional.empty()));
        NodeSpec spec = role == NodeRole.MANAGER ? withRole(before.spec(), role) : before.spec();
        Node after = before.withSpec(spec, before.updatedAt());
        if (spec.role() == NodeRole.MANAGER) {
            after = after.withMember(Optional.of(nodeId + ":" + memberSuffix), before.updatedAt());
        }
        return known.equals(Optional.of(after)) ? List.of() : List.of(put(cluster, after));
    }

    /**
     * A node asks for a new certificate: one that was promoted gets its place among the managers by that. One that was demoted before and has not noticed
     * becomes a worker first: consensus went on without its member, which must not come back.
     *
     * @param certified what its present certificate says
     */
    static List<Change> renew(Snapshot cluster, Instant now, String nodeId, NodeRole certified, String memberSuffix) {
        notRevoked(cluster, nodeId);
        Node node = present(cluster, nodeId);
        boolean promoted = node.spec().role() == NodeRole.MANAGER
                && certified == NodeRole.WORKER
                && node.memberId().isEmpty();
        return promoted
                ? List.of(put(cluster, node.withMember(Optional.of(nodeId + ":" + memberSuffix), now)))
                : List.of();
    }

    static Node present(Snapshot cluster, String nodeId) {
        return cluster.find(Table.NODES, nodeId).orElseThrow(() -> removed(nodeId));
    }

    static Trust trust(Snapshot cluster) {
        return cluster.trust()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.NO_LEADER, "the swarm is still being set up; try again in a moment"));
    }

    private static void notRevoked(Snapshot cluster, String nodeId) {
        if (trust(cluster).revoked().stream()
                .anyMatch(revocation -> revocation.nodeId().equals(nodeId))) {
            throw removed(nodeId);
        }
    }

    private static SkepException removed(String nodeId) {
        return new SkepException(
                ErrorCode.FORBIDDEN,
                "node " + nodeId + " was removed from the swarm; let it leave with force and join again");
    }

    private static NodeSpec withRole(NodeSpec spec, NodeRole role) {
        return new NodeSpec(spec.name(), spec.labels(), role, spec.availability());
    }

    private static Change put(Snapshot cluster, Node node) {
        return new Change.Put<>(Table.NODES, node, cluster.versionOf(Table.NODES, node.id()));
    }
}
