package io.skep.shell;

import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeStatus;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.List;
import java.util.Optional;

/**
 * The managers of a swarm as its rows tell of them. Pure.
 *
 * @param all the nodes that are to manage
 * @param voting those of them that vote
 * @param reachable those of the voting that answer
 */
public record Managers(List<Node> all, int voting, int reachable) {
    public Managers {
        all = List.copyOf(all);
    }

    /** Those of a swarm. */
    public static Managers of(Snapshot cluster) {
        List<Node> all = cluster.all(Table.NODES).stream()
                .filter(node -> node.spec().role() == NodeRole.MANAGER)
                .toList();
        List<Node> voting =
                all.stream().filter(node -> node.memberId().isPresent()).toList();
        long reachable = voting.stream()
                .filter(node -> node.status().state() == NodeStatus.State.READY)
                .count();
        return new Managers(all, voting.size(), (int) reachable);
    }

    /** True when most of those that vote answer. */
    public boolean quorum() {
        return reachable * 2 > voting;
    }

    /** What to say of an even number: one manager more can be lost only with two more of them. */
    public Optional<String> warning() {
        int count = all.size();
        if (count == 0 || count % 2 == 1) {
            return Optional.empty();
        }
        int lost = (count - 1) / 2;
        return Optional.of("Warning: the swarm has " + count + " managers, an even number: it survives the loss of "
                + (lost == 0 ? "none" : lost) + " of them, as it would with " + (count - 1)
                + "; promote one more, or demote one");
    }
}
