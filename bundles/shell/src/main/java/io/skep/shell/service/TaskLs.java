package io.skep.shell.service;

import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;

/** Lists the tasks of all services. */
@Command(name = "task-ls", description = "List the tasks of the whole swarm")
public final class TaskLs extends ListCommand<Task> {
    private Snapshot cluster = Snapshot.empty();

    @Override
    protected List<Task> objects() throws InterruptedException {
        cluster = cluster();
        return TaskTable.sorted(List.copyOf(cluster.all(Table.TASKS)));
    }

    @Override
    protected String id(Task task) {
        return task.id();
    }

    @Override
    public Map<String, BiPredicate<Task, String>> keys() {
        Map<String, BiPredicate<Task, String>> keys = new TreeMap<>(new TaskTable(cluster, full()).keys());
        keys.put(
                "service",
                (task, value) ->
                        task.serviceName().equals(value) || task.serviceId().startsWith(value));
        return keys;
    }

    @Override
    protected Columns table(List<Task> tasks) {
        return new TaskTable(cluster, full()).of(tasks);
    }
}
