package io.skep.shell.network;

import io.skep.api.control.Cluster;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.Answers;
import io.skep.shell.NetworkNames;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes networks. */
@Service
@Command(scope = "swarm", name = "network-rm", description = "Remove networks")
public final class NetworkRm extends SwarmCommand {
    @Argument(
            index = 0,
            name = "NETWORK",
            description = "Ids or names of networks",
            required = true,
            multiValued = true)
    @Completion(NetworkNames.class)
    private List<String> references = new ArrayList<>();

    @Override
    protected void run() throws InterruptedException {
        for (String reference : references) {
            Snapshot cluster = cluster();
            String id = Lookup.network(cluster, reference).id();
            call(
                    Cluster.class,
                    control -> Answers.of(control.removeNetwork("", id).thenApply(done -> true)));
            out().println(reference);
        }
    }
}
