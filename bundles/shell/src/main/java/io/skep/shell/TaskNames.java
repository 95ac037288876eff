package io.skep.shell;

import io.skep.model.Task;
import io.skep.model.table.Table;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes names of tasks that were not replaced. */
@Service
public final class TaskNames extends Names {
    public TaskNames() {
        super(cluster -> cluster.all(Table.TASKS).stream()
                .filter(task -> !task.retired())
                .map(Task::name));
    }
}
