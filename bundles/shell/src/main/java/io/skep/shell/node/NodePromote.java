package io.skep.shell.node;

import io.skep.model.NodeRole;
import picocli.CommandLine.Command;

/** Makes nodes managers. */
@Command(name = "node-promote", description = "Promote nodes to managers of the swarm")
public final class NodePromote extends RoleCommand {
    /** One run. */
    public NodePromote() {
        super(NodeRole.MANAGER);
    }

    @Override
    String said(String reference) {
        return "Node " + reference + " promoted to a manager in the swarm.";
    }
}
