package io.skep.shell.stack;

import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.StackNames;
import io.skep.shell.service.TaskTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the tasks of a stack. */
@Service
@Command(scope = "swarm", name = "stack-ps", description = "List the tasks of a stack")
public final class StackPs extends ListCommand<Task> {
    @Argument(index = 0, name = "STACK", description = "Name of the stack", required = true)
    @Completion(StackNames.class)
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
    protected Columns table(List<Task> tasks) {
        return TaskTable.of(cluster, tasks);
    }
}
