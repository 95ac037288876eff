package io.skep.shell.node;

import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Gives nodes another role, one after the other, for each change needs the quorum that the one before left; the first that cannot have it ends the command. */
abstract class RoleCommand extends SwarmCommand {
    private final NodeRole role;

    @Parameters(paramLabel = "NODE", description = "Ids or names of nodes", arity = "1..*")
    private List<String> references = new ArrayList<>();

    RoleCommand(NodeRole role) {
        this.role = role;
    }

    /** What is said of a node that has the role now. */
    abstract String said(String reference);

    @Override
    protected final void run() throws InterruptedException {
        NodeEdits edits = new NodeEdits(parts());
        for (String reference : references) {
            boolean changed = edits.apply(reference, spec -> NodeEdits.as(role, spec));
            String already =
                    "Node " + reference + " is already a " + (role == NodeRole.MANAGER ? "manager." : "worker.");
            lines().accept(changed ? said(reference) : already);
        }
        try {
            warnOfEvenManagers(cluster());
        } catch (SkepException e) {
            // A manager that demoted itself cannot be asked any more, and what was asked for is done.
            return;
        }
    }
}
