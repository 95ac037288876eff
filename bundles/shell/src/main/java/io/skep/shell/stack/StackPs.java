package io.skep.shell.stack;

import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.service.TaskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the tasks of a stack. */
@Command(name = "stack-ps", description = "List the tasks of a stack")
public final class StackPs extends ListCommand<Task> {
    @Parameters(paramLabel = "STACK", description = "Name of the stack")
    private String name;

    private Snapshot cluster = Snapshot.empty();

    @Override
    protected List<Task> objects() throws InterruptedException {
        cluster = cluster();
        List<Task> tasks = new ArrayList<>();
        Stacks.services(cluster, name).forEach(service -> tasks.addAll(cluster.tasksOfService(service.id())));
        return TaskTable.sorted(tasks);
    }

    @Override
    protected String id(Task task) {
        return task.id();
    }

    @Override
    public Map<String, BiPredicate<Task, String>> keys() {
        return new TaskTable(cluster, full()).keys();
    }

    @Override
    protected Columns table(List<Task> tasks) {
        return new TaskTable(cluster, full()).of(tasks);
    }
}
