package io.skep.shell.service;

import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.InspectCommand;
import io.skep.shell.TaskNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows everything about tasks. */
@Service
@Command(scope = "swarm", name = "task-inspect", description = "Show everything about tasks, as JSON")
public final class TaskInspect extends InspectCommand {
    @Argument(index = 0, name = "TASK", description = "Ids or names of tasks", required = true, multiValued = true)
    @Completion(TaskNames.class)
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected Object find(Snapshot cluster, String reference) {
        return TaskDetail.of(cluster, Lookup.task(cluster, reference));
    }
}
