package io.skep.shell.network;

import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.InspectCommand;
import io.skep.shell.NetworkNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows everything about networks. */
@Service
@Command(scope = "swarm", name = "network-inspect", description = "Show everything about networks, as JSON")
public final class NetworkInspect extends InspectCommand {
    @Argument(
            index = 0,
            name = "NETWORK",
            description = "Ids or names of networks",
            required = true,
            multiValued = true)
    @Completion(NetworkNames.class)
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
