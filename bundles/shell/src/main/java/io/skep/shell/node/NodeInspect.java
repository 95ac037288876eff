package io.skep.shell.node;

import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.InspectCommand;
import io.skep.shell.NodeNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows everything about nodes. */
@Service
@Command(scope = "swarm", name = "node-inspect", description = "Show everything about nodes, as JSON")
public final class NodeInspect extends InspectCommand {
    @Argument(index = 0, name = "NODE", description = "Ids or names of nodes", required = true, multiValued = true)
    @Completion(NodeNames.class)
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
