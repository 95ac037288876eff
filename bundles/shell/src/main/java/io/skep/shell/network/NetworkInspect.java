package io.skep.shell.network;

import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.InspectCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows everything about networks. */
@Command(name = "network-inspect", description = "Show everything about networks, as JSON")
public final class NetworkInspect extends InspectCommand {
    @Parameters(paramLabel = "NETWORK", description = "Ids or names of networks", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected Object find(Snapshot cluster, String reference) {
        return Lookup.network(cluster, reference);
    }
}
