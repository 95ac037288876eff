package io.skep.shell.service;

import io.skep.model.Node;
import io.skep.model.PortConfig;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.Texts;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Tasks as docker service ps shows them: by service and slot, the newest first, what was replaced below it. */
public final class TaskTable {
    private static final int ERROR = 80;

    private final Snapshot cluster;
    private final boolean full;

    /**
     * Tasks of a state.
     *
     * @param cluster the state
     * @param full true when nothing is to be cut
     */
    public TaskTable(Snapshot cluster, boolean full) {
        this.cluster = cluster;
        this.full = full;
    }

    /** By what tasks are chosen. */
    public Map<String, BiPredicate<Task, String>> keys() {
        return Map.of(
                "id", (task, value) -> task.id().startsWith(value),
                "name", (task, value) -> name(task).startsWith(value),
                "node",
                        (task, value) -> task.nodeId().equals(value)
                                || node(task).filter(value::equals).isPresent(),
                "desired-state",
                        (task, value) -> Texts.lower(task.desiredState()).equals(value));
    }

    /** By service name, slot, node, then newest first. */
    public static List<Task> sorted(Collection<Task> tasks) {
        return tasks.stream()
                .sorted(Comparator.comparing(Task::serviceName)
                        .thenComparing(Task::slot)
                        .thenComparing(task -> task.slot() == 0 ? task.nodeId() : "")
                        .thenComparing(Task::createdAt, Comparator.reverseOrder()))
                .toList();
    }

    /** The table of these tasks. */
    public Columns of(List<Task> tasks) {
        Columns table = new Columns("ID", "NAME", "IMAGE", "NODE", "DESIRED STATE", "CURRENT STATE", "ERROR", "PORTS");
        String above = "";
        Instant now = Instant.now();
        for (Task task : tasks) {
            String name = name(task);
            table.add(
                    full ? task.id() : Texts.id(task.id()),
                    name.equals(above) ? " \\_ " + name : name,
                    task.spec().containerSpec().image(),
                    node(task).orElse(Texts.id(task.nodeId())),
                    Texts.capital(task.desiredState()),
                    Texts.state(cluster.stateOf(task), since(task), now),
                    error(task),
                    ports(task));
            above = name;
        }
        return table;
    }

    private Optional<String> node(Task task) {
        return cluster.find(Table.NODES, task.nodeId()).map(Node::displayName);
    }

    private String name(Task task) {
        return task.slot() > 0
                ? task.name()
                : task.serviceName() + "." + node(task).orElse(task.nodeId());
    }

    private Instant since(Task task) {
        return cluster.status(task.id()).map(TaskStatus::timestamp).orElse(task.createdAt());
    }

    /** Those on which the node of a running task leads to it alone. */
    private String ports(Task task) {
        boolean running = cluster.stateOf(task) == TaskState.RUNNING;
        return Texts.ports(cluster.find(Table.SERVICES, task.serviceId()).stream()
                .flatMap(service -> service.ports().stream())
                .filter(port -> running && port.publishMode() == PortConfig.PublishMode.HOST)
                .toList());
    }

    private String error(Task task) {
        Optional<String> error = cluster.status(task.id()).map(TaskStatus::err).filter(err -> !err.isEmpty());
        String text = error.orElse(task.pendingReason());
        return text.isEmpty() ? "" : "\"" + Texts.cell(text, full ? Integer.MAX_VALUE : ERROR) + "\"";
    }
}
