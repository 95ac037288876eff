package io.skep.shell.service;

import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** A command that prints tasks, the newest of each slot first. */
public abstract class TaskListing extends ListCommand<Task> {
    private Snapshot cluster = Snapshot.empty();

    /** Those that are asked for, in any order. */
    protected abstract Collection<Task> tasks(Snapshot cluster);

    @Override
    protected final List<Task> objects() throws InterruptedException {
        cluster = cluster();
        return TaskTable.sorted(tasks(cluster));
    }

    @Override
    protected final String id(Task task) {
        return task.id();
    }

    @Override
    protected final Object json(Task task) {
        return TaskDetail.of(cluster, task);
    }

    @Override
    public Map<String, BiPredicate<Task, String>> keys() {
        return new TaskTable(cluster, full()).keys();
    }

    @Override
    protected final Columns table(List<Task> tasks) {
        return new TaskTable(cluster, full()).of(tasks);
    }
}
