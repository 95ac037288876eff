package io.skep.manager;

import io.skep.api.store.Applied;
import io.skep.model.Segment;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which tasks of which nodes a transaction concerns; pure. */
final class Concerned {
    private Concerned() {}

    /** Task ids by node id: tasks that changed or went, and those of a service whose endpoint or a node whose address changed. */
    static Map<String, Set<String>> by(Snapshot before, Applied applied) {
        Map<String, Set<String>> concerned = new TreeMap<>();
        for (Change change : applied.changes()) {
            if (change.table() == Table.TASKS) {
                before.find(Table.TASKS, change.id()).ifPresent(task -> add(concerned, task));
                applied.snapshot().find(Table.TASKS, change.id()).ifPresent(task -> add(concerned, task));
            } else if (change.table() == Table.SERVICES) {
                applied.snapshot().tasksOfService(change.id()).forEach(task -> add(concerned, task));
            } else if (change instanceof Change.Put<?> put && put.row() instanceof Segment segment) {
                applied.snapshot().tasksOfNode(segment.nodeId()).forEach(task -> add(concerned, task));
            }
        }
        return concerned;
    }

    private static void add(Map<String, Set<String>> concerned, Task task) {
        if (task.assigned()) {
            concerned
                    .computeIfAbsent(task.nodeId(), node -> new LinkedHashSet<>())
                    .add(task.id());
        }
    }
}
