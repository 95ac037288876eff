package io.skep.orchestrator;

import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.table.Entry;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every rule asks about tasks. */
final class TaskFacts {
    /** By age, the oldest first; ids break ties. */
    static final Comparator<Task> BY_AGE = Comparator.comparing(Task::createdAt).thenComparing(Task::id);

    /** Fewer are found singly. */
    private static final int FEW = 500;

    /** Steps of a walk that cost as much as one search. */
    private static final int WALK = 20;

    private final Snapshot cluster;
    private final Nodes nodes;
    private final Instant now;
    private @Nullable Map<String, TaskStatus> prefetched;

    TaskFacts(Snapshot cluster, Nodes nodes, Instant now) {
        this.cluster = cluster;
        this.nodes = nodes;
        this.now = now;
    }

    /** It has a place among its service's tasks: neither replaced nor asked to go. It may have ended, and waits for its restart policy then. */
    static boolean wanted(Task task) {
        return !task.retired() && !task.desiredState().after(TaskState.COMPLETE);
    }

    /**
     * Takes the statuses of many tasks in one walk through the table, which is as much faster than a search for each as memory in order is
     * than memory at random. Worth it only for tasks that are no small part of the cluster's.
     *
     * @param tasks all tasks that will be asked about, sorted by id
     */
    void prefetch(Collection<Task> tasks) {
        Collection<Entry<TaskStatus>> statuses = cluster.entries(Table.STATUSES);
        if (tasks.size() < FEW || tasks.size() < statuses.size() / WALK) {
            return;
        }
        Map<String, TaskStatus> found = new HashMap<>();
        Iterator<Entry<TaskStatus>> rest = statuses.iterator();
        TaskStatus status = rest.hasNext() ? rest.next().row() : null;
        for (Task task : tasks) {
            while (status != null && status.taskId().compareTo(task.id()) < 0) {
                status = rest.hasNext() ? rest.next().row() : null;
            }
            if (status != null && status.taskId().equals(task.id())) {
                found.put(task.id(), status);
            }
        }
        prefetched = found;
    }

    TaskState state(Task task) {
        if (prefetched == null) {
            return cluster.stateOf(task);
        }
        TaskStatus status = prefetched.get(task.id());
        return status != null ? status.state() : task.assigned() ? TaskState.ASSIGNED : TaskState.PENDING;
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

    /** When the first of these tasks ran or ended; empty before. */
    Optional<Instant> settled(Collection<Task> tasks) {
        return tasks.stream()
                .filter(task -> !TaskState.RUNNING.after(state(task)))
                .map(this::since)
                .min(Instant::compareTo);
    }

    /** When it was allowed to run. */
    static Instant allowedAt(Task task) {
        return task.runAt().orElse(task.createdAt());
    }
}
