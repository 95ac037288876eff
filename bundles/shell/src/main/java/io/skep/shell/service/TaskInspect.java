package io.skep.shell.service;

import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.InspectCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows everything about tasks. */
@Command(name = "task-inspect", description = "Show everything about tasks, as JSON")
public final class TaskInspect extends InspectCommand {
    @Parameters(paramLabel = "TASK", description = "Ids or names of tasks", arity = "1..*")
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
