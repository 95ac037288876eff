package io.skep.shell.service;

import io.skep.model.Node;
import io.skep.model.Task;
import io.skep.model.TaskStatus;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.Texts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tasks as docker service ps shows them: by service and slot, the newest first, what was replaced below it. */
public final class TaskTable {
    private static final int ERROR = 80;

    private TaskTable() {}

    /** By service name, slot, node, then newest first. */
    public static List<Task> sorted(List<Task> tasks) {
        return tasks.stream()
                .sorted(Comparator.comparing(Task::serviceName)
                        .thenComparing(Task::slot)
                        .thenComparing(task -> task.slot() == 0 ? task.nodeId() : "")
                        .thenComparing(Task::createdAt, Comparator.reverseOrder()))
                .toList();
    }

    /** The table of these tasks. */
    public static Columns of(Snapshot cluster, List<Task> tasks) {
        Columns table = new Columns("ID", "NAME", "IMAGE", "NODE", "DESIRED STATE", "CURRENT STATE", "ERROR");
        String above = "";
        Instant now = Instant.now();
        for (Task task : tasks) {
            String name = name(cluster, task);
            table.add(
                    Texts.id(task.id()),
                    name.equals(above) ? " \\_ " + name : name,
                    task.spec().containerSpec().image(),
                    cluster.find(Table.NODES, task.nodeId())
                            .map(Node::displayName)
                            .orElse(Texts.id(task.nodeId())),
                    Texts.capital(task.desiredState()),
                    Texts.state(cluster.stateOf(task), since(cluster, task), now),
                    error(cluster, task));
            above = name;
        }
        return table;
    }

    private static String name(Snapshot cluster, Task task) {
        String node =
                cluster.find(Table.NODES, task.nodeId()).map(Node::displayName).orElse(task.nodeId());
        return task.slot() > 0 ? task.name() : task.serviceName() + "." + node;
    }

    private static Instant since(Snapshot cluster, Task task) {
        return cluster.status(task.id()).map(TaskStatus::timestamp).orElse(task.createdAt());
    }

    private static String error(Snapshot cluster, Task task) {
        Optional<String> error = cluster.status(task.id()).map(TaskStatus::err).filter(err -> !err.isEmpty());
        String text = error.orElse(task.pendingReason());
        return text.isEmpty() ? "" : "\"" + Texts.cell(text, ERROR) + "\"";
    }
}
