package io.skep.shell.data;

import io.skep.api.control.Cluster;
import io.skep.model.table.Lookup;
import io.skep.shell.Answers;
import io.skep.shell.RemoveCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes configs. */
@Command(name = "config-rm", description = "Remove configs")
public final class ConfigRm extends RemoveCommand {
    @Parameters(paramLabel = "CONFIG", description = "Ids or names of configs", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected void remove(String reference) throws InterruptedException {
        String id = Lookup.config(cluster(), reference).id();
        call(Cluster.class, control -> Answers.of(control.removeConfig("", id).thenApply(done -> true)));
        out().println(reference);
    }
}
