package io.skep.simulation;

import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.UpdateConfig;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.store.StorePart;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at every transaction that any manager applied: whether versions and states only grow, all managers apply the same, and a term has one leader. */
final class Observer {
    private final Timeline timeline;
    private final Map<Long, String> applied = new HashMap<>();
    private final Map<Long, String> leaders = new HashMap<>();
    private final Map<String, TaskState> observed = new HashMap<>();
    private final Map<String, TaskState> desired = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> runs = new HashMap<>();
    private final Set<String> vanished = new HashSet<>();

    Observer(Timeline timeline) {
        this.timeline = timeline;
    }

    void follow(String nodeId, StorePart store, Scope scope) {
        Snapshot[] before = {Snapshot.empty()};
        store.store().watch(scope, news -> {
            look(before[0], news);
            before[0] = news.snapshot();
        });
        store.store().onLeadership(scope, leadership -> {
            timeline.note(nodeId + leadership);
            leadership.leader().ifPresent(leader -> {
                String other = leaders.putIfAbsent(leadership.term(), leader);
                require(other == null || other.equals(leader), "two leaders in term " + leadership.term());
            });
        });
    }

    /** A task's program begins: it never does so twice, be it on one node or on two. */
    void started(String nodeId, String task) {
        String before = runs.put(task, nodeId);
        boolean ended = Optional.ofNullable(observed.get(task))
                .filter(TaskState::terminal)
                .isPresent();
        require(
                before == null || (before.equals(nodeId) && vanished.contains(task) && !ended),
                "task " + task + " ran on " + before + " and runs again on " + nodeId);
    }

    /** A task lost its container and everything that tells of it. */
    void vanished(String task) {
        vanished.add(task);
    }

    private void look(Snapshot before, Applied news) {
        Snapshot now = news.snapshot();
        require(now.version() > before.version() || now.version() == 0, "a snapshot went back to " + now.version());
        String what = news.changes().stream()
                .map(change ->
                        change.table().name() + " " + change.id() + "@" + now.versionOf(change.table(), change.id()))
                .collect(Collectors.joining(","));
        if (what.isEmpty()) {
            return;
        }
        String same = applied.putIfAbsent(now.version(), what);
        require(same == null || same.equals(what), "managers differ in version " + now.version());
        if (same == null) {
            timeline.note(what);
            news.changes().forEach(change -> grows(before, now, change));
        }
    }

    private void grows(Snapshot before, Snapshot now, Change change) {
        long version = now.versionOf(change.table(), change.id());
        require(
                version == Change.ABSENT || version >= before.versionOf(change.table(), change.id()),
                "a version went back: " + change.table() + " " + change.id());
        if (change.table() == Table.TASKS) {
            now.find(Table.TASKS, change.id()).ifPresent(task -> {
                rises(desired, change, task.desiredState());
                stays(task);
                alone(now, task);
            });
        } else if (change.table() == Table.STATUSES) {
            now.find(Table.STATUSES, change.id())
                    .map(TaskStatus::state)
                    .ifPresent(state -> rises(observed, change, state));
        }
    }

    private void stays(Task task) {
        if (task.assigned()) {
            String before = places.putIfAbsent(task.id(), task.nodeId());
            require(
                    before == null || before.equals(task.nodeId()),
                    "task " + task.id() + " went from " + before + " to " + task.nodeId());
        }
    }

    /** Its addresses are nobody else's, and so is its slot unless it was replaced. */
    private static void alone(Snapshot now, Task task) {
        if (!now.stateOf(task).terminal()) {
            task.attachments().forEach(attachment -> {
                String owner = now.addressesOf(attachment.networkId()).get(attachment.address());
                require(
                        task.id().equals(owner),
                        "task " + task.id() + " and " + owner + " have the address " + attachment.address());
            });
        }
        long others = now.tasksOfService(task.serviceId()).stream()
                .filter(other -> wanted(task) && wanted(other) && other.slot() == task.slot())
                .count();
        require(others <= most(now, task), others + " tasks are to run as " + task.name());
    }

    /** A replacement may start first. */
    private static long most(Snapshot now, Task task) {
        return now.find(Table.SERVICES, task.serviceId())
                        .filter(service -> service.spec().updatePolicy().order() == UpdateConfig.Order.START_FIRST)
                        .isPresent()
                ? 2
                : 1;
    }

    private static boolean wanted(Task task) {
        return !task.retired() && !task.desiredState().after(TaskState.COMPLETE);
    }

    private static void rises(Map<String, TaskState> known, Change change, TaskState state) {
        TaskState last = known.put(change.id(), state);
        require(last == null || !last.after(state), change.id() + " went back from " + last + " to " + state);
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
