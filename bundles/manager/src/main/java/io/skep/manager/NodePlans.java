package io.skep.manager;

import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Revocation;
import io.skep.model.SkepException;
import io.skep.model.SwarmSpec;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.Trust;
import io.skep.model.table.Change;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What updating, promoting, demoting and removing a node changes; pure. */
final class NodePlans {
    /** Certificates may have been issued when their lifetime was longer, and by a clock that was ahead. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    private NodePlans() {}

    static List<Change> update(Snapshot cluster, Ids ids, String reference, long version, NodeSpec spec) {
        Node node = Lookup.node(cluster, reference);
        if (spec.equals(node.spec())) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        if (spec.role() != node.spec().role()) {
            if (spec.role() == NodeRole.WORKER) {
                mayGo(cluster, node, "attempting to demote the last manager of the swarm; promote another node first");
            } else if (node.memberId().isPresent()) {
                // Its member is on its way out of the consensus, and none comes back under the same id.
                throw wrong("node " + node.displayName() + " is still being demoted; repeat in a moment");
            }
            changes.add(Claim.of(cluster));
        }
        long expected = version == Change.ANY ? cluster.versionOf(Table.NODES, node.id()) : version;
        changes.add(new Change.Put<>(Table.NODES, node.withSpec(spec, ids.now()), expected));
        return changes;
    }

    /** A manager demotes itself in order to leave. */
    static List<Change> stepDown(Snapshot cluster, Ids ids, String nodeId) {
        Node node = Lookup.node(cluster, nodeId);
        if (node.spec().role() == NodeRole.WORKER) {
            return List.of();
        }
        mayGo(
                cluster,
                node,
                "you are attempting to leave the swarm on the last manager, which erases all current state of the swarm;"
                        + " use --force to ignore this");
        NodeSpec spec = node.spec();
        NodeSpec worker = new NodeSpec(spec.name(), spec.labels(), NodeRole.WORKER, spec.availability());
        return List.of(Claim.of(cluster), put(cluster, node.withSpec(worker, ids.now())));
    }

    static List<Change> remove(Snapshot cluster, Ids ids, String reference, boolean force) {
        Node node = Lookup.node(cluster, reference);
        if (!force && node.spec().role() == NodeRole.MANAGER) {
            throw wrong("node " + node.displayName()
                    + " is a cluster manager and is a member of the raft cluster; it must be demoted to worker before"
                    + " removal, or removed with --force");
        }
        if (!force && node.status().state() == NodeStatus.State.READY) {
            throw wrong("node " + node.displayName()
                    + " is not down and can't be removed; let it leave first, or remove it with --force");
        }
        if (node.spec().role() == NodeRole.MANAGER && others(cluster, node).isEmpty()) {
            throw wrong("node " + node.displayName()
                    + " is the last manager and cannot be removed; promote another node first");
        }
        List<Change> changes = new ArrayList<>();
        changes.add(Claim.of(cluster));
        changes.add(new Change.Remove(Table.NODES, node.id(), cluster.versionOf(Table.NODES, node.id())));
        changes.add(revoked(cluster, List.of(node), ids.now()));
        changes.addAll(orphaned(cluster, node, ids.now()));
        return changes;
    }

    /** The other managers are lost for good: they are removed, as one by one by force, and this one is left. */
    static List<Change> goOnAlone(Snapshot cluster, Ids ids, String nodeId) {
        Node self = Lookup.node(cluster, nodeId);
        List<Node> lost = cluster.all(Table.NODES).stream()
                .filter(node -> !node.id().equals(self.id()))
                .filter(node -> NodeFacts.role(node) == NodeRole.MANAGER)
                .toList();
        List<Change> changes = new ArrayList<>();
        changes.add(Claim.of(cluster));
        NodeSpec spec = self.spec();
        if (spec.role() != NodeRole.MANAGER) {
            NodeSpec manager = new NodeSpec(spec.name(), spec.labels(), NodeRole.MANAGER, spec.availability());
            changes.add(put(cluster, self.withSpec(manager, ids.now())));
        }
        for (Node node : lost) {
            changes.add(new Change.Remove(Table.NODES, node.id(), cluster.versionOf(Table.NODES, node.id())));
            changes.addAll(orphaned(cluster, node, ids.now()));
        }
        if (!lost.isEmpty()) {
            changes.add(revoked(cluster, lost, ids.now()));
        }
        return changes;
    }

    private static Change revoked(Snapshot cluster, List<Node> nodes, Instant now) {
        Trust trust = EnrolmentPlans.trust(cluster);
        Duration lifetime = Claim.swarm(cluster).spec().certificateLifetime();
        Duration standard = SwarmSpec.STANDARD.certificateLifetime();
        Duration longest = lifetime.compareTo(standard) > 0 ? lifetime : standard;
        List<Revocation> revoked = new ArrayList<>(trust.revoked());
        for (Node node : nodes) {
            revoked.add(new Revocation(node.id(), now.plus(longest).plus(CLOCKS_APART)));
        }
        return new Change.Put<>(
                Table.TRUST, KeyPlans.withRevoked(trust, revoked), cluster.versionOf(Table.TRUST, trust.id()));
    }

    /** Nobody will ever tell what becomes of them. */
    private static List<Change> orphaned(Snapshot cluster, Node node, Instant now) {
        List<Change> orphaned = new ArrayList<>();
        cluster.tasksOfNode(node.id()).stream()
                .filter(task -> task.assigned() && !cluster.stateOf(task).terminal())
                .forEach(task -> orphaned.add(new Change.Put<>(
                        Table.STATUSES,
                        new TaskStatus(
                                task.id(),
                                TaskState.ORPHANED,
                                now,
                                "task belonged to a node that has been removed",
                                "",
                                cluster.status(task.id()).flatMap(TaskStatus::containerStatus)),
                        Change.ANY)));
        return orphaned;
    }

    /** The others must be able to go on: there are some, and most of them answer. */
    private static void mayGo(Snapshot cluster, Node node, String whenLast) {
        List<Node> others = others(cluster, node);
        if (others.isEmpty()) {
            throw wrong(whenLast);
        }
        List<Node> members =
                others.stream().filter(other -> other.memberId().isPresent()).toList();
        if (members.isEmpty()) {
            throw wrong(
                    "can't remove member from the raft: the other managers have no vote yet; try again in a moment");
        }
        long there = members.stream()
                .filter(other -> other.status().state() == NodeStatus.State.READY)
                .count();
        if (there * 2 <= members.size()) {
            throw wrong("can't remove member from the raft: this would result in a loss of quorum, for of the "
                    + members.size() + " other managers " + there + " answer; bring them back first");
        }
    }

    private static List<Node> others(Snapshot cluster, Node node) {
        return cluster.all(Table.NODES).stream()
                .filter(other ->
                        other.spec().role() == NodeRole.MANAGER && !other.id().equals(node.id()))
                .toList();
    }

    private static Change put(Snapshot cluster, Node node) {
        return new Change.Put<>(Table.NODES, node, cluster.versionOf(Table.NODES, node.id()));
    }

    private static SkepException wrong(String message) {
        return new SkepException(ErrorCode.WRONG_STATE, message);
    }
}
