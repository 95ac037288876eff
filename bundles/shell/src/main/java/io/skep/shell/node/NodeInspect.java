package io.skep.shell.node;

import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.InspectCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows everything about nodes. */
@Command(name = "node-inspect", description = "Show everything about nodes, as JSON")
public final class NodeInspect extends InspectCommand {
    @Parameters(paramLabel = "NODE", description = "Ids or names of nodes", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected Object find(Snapshot cluster, String reference) {
        return Lookup.node(cluster, reference);
    }
}
