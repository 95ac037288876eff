package io.skep.shell.network;

import io.skep.api.control.Cluster;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes networks. */
@Command(name = "network-rm", description = "Remove networks")
public final class NetworkRm extends SwarmCommand {
    @Parameters(paramLabel = "NETWORK", description = "Ids or names of networks", arity = "1..*")
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
