package io.skep.orchestrator;

import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.table.Snapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/** What every rule asks about tasks. */
final class TaskFacts {
    /** By age, the oldest first; ids break ties. */
    static final Comparator<Task> BY_AGE = Comparator.comparing(Task::createdAt).thenComparing(Task::id);

    private final Snapshot cluster;
    private final Nodes nodes;
    private final Instant now;

    TaskFacts(Snapshot cluster, Nodes nodes, Instant now) {
        this.cluster = cluster;
        this.nodes = nodes;
        this.now = now;
    }

    /** It has a place among its service's tasks: neither replaced nor asked to go. It may have ended, and waits for its restart policy then. */
    static boolean wanted(Task task) {
        return !task.retired() && !task.desiredState().after(TaskState.COMPLETE);
    }

    TaskState state(Task task) {
        return cluster.stateOf(task);
    }

    boolean ended(Task task) {
        return state(task).terminal();
    }

    boolean running(Task task) {
        return state(task) == TaskState.RUNNING && !lost(task);
    }

    boolean lost(Task task) {
        return task.assigned() && nodes.lost(task.nodeId());
    }

    /** Something of it may be running: its slot is not free. */
    boolean alive(Task task) {
        return task.assigned() && !ended(task) && !lost(task);
    }

    /** A task that is asked to go still runs here. */
    boolean anyLeaving(Collection<Task> tasks) {
        return tasks.stream().anyMatch(task -> !wanted(task) && alive(task));
    }

    /** When its present state was reached. A node's clock may be ahead: never later than now. */
    Instant since(Task task) {
        Instant reached = cluster.status(task.id()).map(TaskStatus::timestamp).orElse(task.createdAt());
        return reached.isAfter(now) ? now : reached;
    }

    /** When it was allowed to run. */
    static Instant allowedAt(Task task) {
        return task.runAt().orElse(task.createdAt());
    }
}
