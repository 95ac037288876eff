package io.skep.shell.service;

import io.skep.model.Task;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the tasks of services. */
@Command(name = "service-ps", description = "List the tasks of services")
public final class ServicePs extends ListCommand<Task> {
    @Parameters(paramLabel = "SERVICE", description = "Ids or names of services", arity = "1..*")
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
    public Map<String, BiPredicate<Task, String>> keys() {
        return new TaskTable(cluster, full()).keys();
    }

    @Override
    protected Columns table(List<Task> tasks) {
        return new TaskTable(cluster, full()).of(tasks);
    }
}
