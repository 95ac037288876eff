package io.skep.shell.network;

import io.skep.api.control.Cluster;
import io.skep.model.table.Lookup;
import io.skep.shell.Answers;
import io.skep.shell.RemoveCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes networks. */
@Command(name = "network-rm", description = "Remove networks")
public final class NetworkRm extends RemoveCommand {
    @Parameters(paramLabel = "NETWORK", description = "Ids or names of networks", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected void remove(String reference) throws InterruptedException {
        String id = Lookup.network(cluster(), reference).id();
        call(Cluster.class, control -> Answers.of(control.removeNetwork("", id).thenApply(done -> true)));
        out().println(reference);
    }
}
