package io.skep.shell.node;

import io.skep.model.NodeRole;
import picocli.CommandLine.Command;

/** Makes managers workers. */
@Command(name = "node-demote", description = "Demote managers of the swarm to workers")
public final class NodeDemote extends RoleCommand {
    /** One run. */
    public NodeDemote() {
        super(NodeRole.WORKER);
    }

    @Override
    String said(String reference) {
        return "Manager " + reference + " demoted in the swarm.";
    }
}
