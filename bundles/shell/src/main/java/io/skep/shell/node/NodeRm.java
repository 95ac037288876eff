package io.skep.shell.node;

import io.skep.api.control.Cluster;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.table.Lookup;
import io.skep.shell.Answers;
import io.skep.shell.RemoveCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes nodes from the swarm for good. */
@Command(name = "node-rm", description = "Remove nodes from the swarm")
public final class NodeRm extends RemoveCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Remove a node though it answers or is a manager")
    private boolean force;

    @Parameters(paramLabel = "NODE", description = "Ids or names of nodes", arity = "1..*")
    private List<String> references = new ArrayList<>();

    @Override
    protected List<String> references() {
        return references;
    }

    @Override
    protected void remove(String reference) throws InterruptedException {
        Node node = Lookup.node(cluster(), reference);
        call(
                Cluster.class,
                control -> Answers.of(control.removeNode("", node.id(), force).thenApply(done -> true)));
        out().println(reference);
        if (node.spec().role() == NodeRole.MANAGER) {
            warnOfEvenManagers(cluster());
        }
    }
}
