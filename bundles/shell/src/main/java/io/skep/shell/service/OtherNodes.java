package io.skep.shell.service;

import io.skep.model.Node;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tasks whose output another node keeps than the one that is asked; pure. */
final class OtherNodes {
    private OtherNodes() {}

    /** What people should know of tasks that are not shown; empty when all are here. */
    static Optional<String> warning(Snapshot cluster, List<Task> tasks, String self) {
        String elsewhere = tasks.stream()
                .filter(task -> !task.retired())
                .filter(task -> !task.nodeId().isEmpty() && !task.nodeId().equals(self))
                .map(task -> task.name() + " is on " + name(cluster, task.nodeId()))
                .collect(Collectors.joining(", "));
        return elsewhere.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "only what this node's tasks printed is shown; " + elsewhere + "; a manager shows its own");
    }

    private static String name(Snapshot cluster, String node) {
        return cluster.find(Table.NODES, node).map(Node::displayName).orElse(node);
    }
}
