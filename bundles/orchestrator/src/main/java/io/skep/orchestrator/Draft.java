package io.skep.orchestrator;

import io.skep.api.orchestration.Decision;
import io.skep.model.Segment;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the making: gives every change the version that its row has in the snapshot. A rule stops when the draft is
 * {@linkplain #full() full} and goes on after the commit, so that a service of 100,000 tasks does not become one giant log entry.
 */
final class Draft {
    /** Changes after which a rule stops. */
    static final int LIMIT = 5_000;

    private final Snapshot cluster;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Change> services = new LinkedHashMap<>();
    private @Nullable Instant wakeAt;

    Draft(Snapshot cluster) {
        this.cluster = cluster;
    }

    boolean full() {
        return changes.size() >= LIMIT;
    }

    /** A new task; holds only while its service is as the rule saw it. */
    void create(Task task) {
        changes.add(new Change.Put<>(Table.TASKS, task, Change.ABSENT));
        String id = task.serviceId();
        services.putIfAbsent(id, new Change.Check(Table.SERVICES, id, cluster.versionOf(Table.SERVICES, id)));
    }

    void put(Task task) {
        changes.add(new Change.Put<>(Table.TASKS, task, cluster.versionOf(Table.TASKS, task.id())));
    }

    void put(Service service) {
        services.put(
                service.id(),
                new Change.Put<>(Table.SERVICES, service, cluster.versionOf(Table.SERVICES, service.id())));
    }

    /** A new segment. */
    void create(Segment segment) {
        changes.add(new Change.Put<>(Table.SEGMENTS, segment, Change.ABSENT));
    }

    void remove(Table<?> table, String id) {
        changes.add(new Change.Remove(table, id, cluster.versionOf(table, id)));
    }

    /** Stops a task and keeps it as the history of its slot; one that no node ever had leaves no history. */
    void retire(Task task) {
        put(task.assigned() ? task.withDesiredState(TaskState.SHUTDOWN).asRetired() : leaving(task));
    }

    /** Stops a task and forgets it. */
    void discard(Task task) {
        put(leaving(task));
    }

    void wake(Instant at) {
        if (wakeAt == null || at.isBefore(wakeAt)) {
            wakeAt = at;
        }
    }

    Decision decision() {
        List<Change> all = new ArrayList<>(services.values());
        all.addAll(changes);
        return new Decision(all, Optional.ofNullable(wakeAt));
    }

    private static Task leaving(Task task) {
        return task.withDesiredState(TaskState.REMOVE);
    }
}
