package io.skep.shell.stack;

import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.shell.service.TaskListing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the tasks of a stack. */
@Command(name = "stack-ps", description = "List the tasks of a stack")
public final class StackPs extends TaskListing {
    @Parameters(paramLabel = "STACK", description = "Name of the stack")
    private String name;

    @Override
    protected Collection<Task> tasks(Snapshot cluster) {
        List<Task> tasks = new ArrayList<>();
        Stacks.services(cluster, name).forEach(service -> tasks.addAll(cluster.tasksOfService(service.id())));
        return tasks;
    }
}
