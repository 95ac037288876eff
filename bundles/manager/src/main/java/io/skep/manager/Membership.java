package io.skep.manager;

import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeStatus;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The next change that brings the members of the consensus in line with what the rows of the nodes say; pure. One at a time, each of which leaves a
 * quorum if there was one.
 */
sealed interface Membership {
    /** A manager that joined or was promoted gets a vote. */
    record Add(String memberId) implements Membership {}

    /** A member that is no manager any more, or whose node is gone, loses it. */
    record Remove(String memberId) implements Membership {}

    /** The leader itself is to go: first another leads. */
    record HandOver(String memberId) implements Membership {}

    /** Consensus goes on without the node's member: now it is a worker. */
    record Release(Node node) implements Membership {}

    /**
     * What to do next.
     *
     * @param cluster the rows, as the leader knows them
     * @param members who votes
     * @param self the leader's own member
     * @param postponed members with which something failed a moment ago
     */
    static Optional<Membership> next(Snapshot cluster, Collection<String> members, String self, Set<String> postponed) {
        if (cluster.swarm().isEmpty()) {
            return Optional.empty();
        }
        List<Membership> wanted = new ArrayList<>();
        wanted.addAll(releases(cluster, members));
        wanted.addAll(removals(cluster, members, self));
        wanted.addAll(additions(cluster, members));
        wanted.addAll(ownRemoval(cluster, members, self, postponed));
        return wanted.stream()
                .filter(step -> !postponed.contains(subject(step)))
                .findFirst();
    }

    /** Whom a step is about. */
    static String subject(Membership step) {
        if (step instanceof Add add) {
            return add.memberId();
        }
        if (step instanceof Remove remove) {
            return remove.memberId();
        }
        return step instanceof HandOver handOver
                ? handOver.memberId()
                : ((Release) step).node().id();
    }

    private static List<Membership> releases(Snapshot cluster, Collection<String> members) {
        return cluster.all(Table.NODES).stream()
                .filter(node -> node.spec().role() == NodeRole.WORKER)
                .filter(node ->
                        node.memberId().filter(id -> !members.contains(id)).isPresent())
                .<Membership>map(Release::new)
                .toList();
    }

    /** Those that are off go first: without them the others are a quorum sooner. */
    private static List<Membership> removals(Snapshot cluster, Collection<String> members, String self) {
        List<Membership> removals = new ArrayList<>();
        for (boolean off : new boolean[] {true, false}) {
            for (String member : members) {
                boolean stays = manager(cluster, member).isPresent();
                if (!stays && !member.equals(self) && off != up(cluster, member)) {
                    removals.add(new Remove(member));
                }
            }
        }
        return removals;
    }

    /** Only who has a session is there to be brought up to date; whoever is not would hold up all others. */
    private static List<Membership> additions(Snapshot cluster, Collection<String> members) {
        return cluster.all(Table.NODES).stream()
                .filter(node -> node.spec().role() == NodeRole.MANAGER && ready(node))
                .flatMap(node -> node.memberId().stream())
                .filter(member -> !members.contains(member))
                .<Membership>map(Add::new)
                .toList();
    }

    private static List<Membership> ownRemoval(
            Snapshot cluster, Collection<String> members, String self, Set<String> postponed) {
        boolean stays = manager(cluster, self).isPresent();
        if (!members.contains(self) || stays || postponed.contains(self)) {
            return List.of();
        }
        return members.stream()
                .filter(member -> !member.equals(self) && !postponed.contains(member))
                .filter(member ->
                        manager(cluster, member).filter(node -> ready(node)).isPresent())
                .<Membership>map(HandOver::new)
                .toList();
    }

    /** The node that is a manager under this very member id. */
    private static Optional<Node> manager(Snapshot cluster, String member) {
        return cluster.find(Table.NODES, NodeFacts.nodeOf(member))
                .filter(node -> node.spec().role() == NodeRole.MANAGER)
                .filter(node -> node.memberId().equals(Optional.of(member)));
    }

    private static boolean up(Snapshot cluster, String member) {
        return cluster.find(Table.NODES, NodeFacts.nodeOf(member))
                .filter(Membership::ready)
                .isPresent();
    }

    private static boolean ready(Node node) {
        return node.status().state() == NodeStatus.State.READY;
    }
}
