package io.skep.shell.node;

import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
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
    @Parameters(
            paramLabel = "self|NODE",
            description = "Ids or names of nodes, self for the one that is asked",
            arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected Object find(Snapshot cluster, String reference) throws InterruptedException {
        return Lookup.node(cluster, reference.equals("self") ? own() : reference);
    }

    private String own() throws InterruptedException {
        return call(Identity.class, Identity::current).map(LocalNode::nodeId).orElse("");
    }
}
