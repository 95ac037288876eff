package io.skep.shell.service;

import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;

/** Lists the tasks of all services. */
@Command(name = "task-ls", description = "List the tasks of the whole swarm")
public final class TaskLs extends TaskListing {
    @Override
    protected Collection<Task> tasks(Snapshot cluster) {
        return cluster.all(Table.TASKS);
    }

    @Override
    public Map<String, BiPredicate<Task, String>> keys() {
        Map<String, BiPredicate<Task, String>> keys = new TreeMap<>(super.keys());
        keys.put(
                "service",
                (task, value) ->
                        task.serviceName().equals(value) || task.serviceId().startsWith(value));
        return keys;
    }
}
