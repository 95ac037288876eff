package io.skep.shell.service;

import io.skep.model.Task;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the tasks of services. */
@Command(name = "service-ps", description = "List the tasks of services")
public final class ServicePs extends TaskListing {
    @Parameters(paramLabel = "SERVICE", description = "Ids or names of services", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected Collection<Task> tasks(Snapshot cluster) {
        List<Task> tasks = new ArrayList<>();
        references.forEach(reference -> tasks.addAll(
                cluster.tasksOfService(Lookup.service(cluster, reference).id())));
        return tasks;
    }
}
