package io.skep.orchestrator;

import io.skep.model.Node;
import io.skep.model.NodeSpec.Availability;
import io.skep.model.NodeStatus;
import io.skep.model.placement.Constraint;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a decision asks about nodes; looks each up once. */
final class Nodes {
    private final Snapshot cluster;
    private final Map<String, Optional<Node>> known = new HashMap<>();

    Nodes(Snapshot cluster) {
        this.cluster = cluster;
    }

    Optional<Node> find(String nodeId) {
        return known.computeIfAbsent(nodeId, id -> cluster.find(Table.NODES, id));
    }

    /** Nothing can be said of what runs there: it does not answer, was taken out, or is gone. An UNKNOWN node is not lost yet. */
    boolean lost(String nodeId) {
        return find(nodeId).map(Nodes::lost).orElse(true);
    }

    /** Tasks are to move away from it, though it answers. */
    boolean drained(String nodeId) {
        return find(nodeId)
                .filter(node -> node.spec().availability() == Availability.DRAIN)
                .isPresent();
    }

    boolean meets(String nodeId, List<Constraint> constraints) {
        return find(nodeId)
                .filter(node -> Constraint.allMatch(constraints, node))
                .isPresent();
    }

    static boolean lost(Node node) {
        NodeStatus.State state = node.status().state();
        return state == NodeStatus.State.DOWN || state == NodeStatus.State.DISCONNECTED;
    }

    /** It answers and takes new tasks. */
    static boolean open(Node node) {
        return node.status().state() == NodeStatus.State.READY && node.spec().availability() == Availability.ACTIVE;
    }
}
