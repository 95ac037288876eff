package io.skep.shell.service;

import io.skep.model.Task;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.ServiceNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the tasks of services. */
@Service
@Command(scope = "swarm", name = "service-ps", description = "List the tasks of services")
public final class ServicePs extends ListCommand<Task> {
    @Argument(
            index = 0,
            name = "SERVICE",
            description = "Ids or names of services",
            required = true,
            multiValued = true)
    @Completion(ServiceNames.class)
    private List<String> references = new ArrayList<>();

    private Snapshot cluster = Snapshot.empty();

    @Override
    protected List<Task> objects() throws InterruptedException {
        cluster = cluster();
        List<Task> tasks = new ArrayList<>();
        references.forEach(reference -> tasks.addAll(
                cluster.tasksOfService(Lookup.service(cluster, reference).id())));
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
