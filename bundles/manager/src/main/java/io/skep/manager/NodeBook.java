package io.skep.manager;

import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeStatus;
import io.skep.model.TaskStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of the rows when nodes speak or fall silent; pure. */
final class NodeBook {
    private NodeBook() {}

    /**
     * What was heard of a node, or that nothing was.
     *
     * @param nodeId which
     * @param at when
     * @param description what it said of itself; empty leaves what is known
     * @param state what the managers think of it now
     * @param message why
     * @param address where its transport listens; empty leaves what is known
     */
    record Heard(
            String nodeId,
            Instant at,
            Optional<NodeDescription> description,
            NodeStatus.State state,
            String message,
            String address) {
        static Heard ready(String nodeId, Instant at, NodeDescription description, String address) {
            return new Heard(nodeId, at, Optional.of(description), NodeStatus.State.READY, "", address);
        }

        static Heard down(String nodeId, Instant at, String why) {
            return new Heard(nodeId, at, Optional.empty(), NodeStatus.State.DOWN, why, "");
        }
    }

    /** What a node observed of its tasks. */
    record Report(String nodeId, List<TaskStatus> statuses) {}

    /** The rows of nodes that are not as they were heard of; a later word of one node counts more. Nodes that are gone stay so. */
    static List<Change> heard(Snapshot cluster, List<Heard> words) {
        Map<String, Node> rows = new LinkedHashMap<>();
        for (Heard word : words) {
            Optional<Node> known =
                    Optional.ofNullable(rows.get(word.nodeId())).or(() -> cluster.find(Table.NODES, word.nodeId()));
            known.ifPresent(node -> rows.put(word.nodeId(), next(node, word)));
        }
        List<Change> changes = new ArrayList<>();
        rows.forEach((id, node) -> {
            if (news(cluster, node)) {
                changes.add(new Change.Put<>(Table.NODES, node, cluster.versionOf(Table.NODES, id)));
            }
        });
        return changes;
    }

    private static Node next(Node node, Heard word) {
        String address = word.address().isEmpty() ? node.status().addr() : word.address();
        NodeStatus status = new NodeStatus(word.state(), word.message(), address);
        return node.withStatus(word.description(), status, word.at());
    }

    private static boolean news(Snapshot cluster, Node node) {
        return cluster.find(Table.NODES, node.id())
                .filter(known -> known.status().equals(node.status())
                        && known.description().equals(node.description()))
                .isEmpty();
    }

    /** Statuses of the reporters' own tasks that are not known yet. */
    static List<Change> reported(Snapshot cluster, List<Report> reports) {
        Map<String, TaskStatus> news = new LinkedHashMap<>();
        for (Report report : reports) {
            for (TaskStatus status : report.statuses()) {
                if (own(cluster, report.nodeId(), status)) {
                    news.put(status.taskId(), status);
                }
            }
        }
        return news.values().stream()
                .filter(status -> !cluster.status(status.taskId()).equals(Optional.of(status)))
                .<Change>map(status -> new Change.Put<>(Table.STATUSES, status, Change.ANY))
                .toList();
    }

    private static boolean own(Snapshot cluster, String nodeId, TaskStatus status) {
        return cluster.find(Table.TASKS, status.taskId())
                .filter(task -> task.nodeId().equals(nodeId))
                .isPresent();
    }
}
