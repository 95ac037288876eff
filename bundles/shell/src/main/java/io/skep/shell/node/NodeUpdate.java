package io.skep.shell.node;

import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.shell.SwarmCommand;
import io.skep.shell.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes what is asked of a node. */
@Command(name = "node-update", description = "Change a node's availability, role and labels")
public final class NodeUpdate extends SwarmCommand {
    @Option(
            names = "--availability",
            paramLabel = "active|pause|drain",
            description = "Whether it takes new tasks, only keeps its own, or runs none")
    private String availability = "";

    @Option(
            names = "--role",
            paramLabel = "worker|manager",
            description = "Whether it only works, or has a vote in what the swarm does")
    private String role = "";

    @Option(names = "--label-add", paramLabel = "NAME=value", description = "Label to add or change (repeatable)")
    private List<String> added = new ArrayList<>();

    @Option(names = "--label-rm", paramLabel = "NAME", description = "Name of a label to remove (repeatable)")
    private List<String> removed = new ArrayList<>();

    @Parameters(paramLabel = "NODE", description = "Id or name of the node")
    private String reference;

    @Override
    protected void run() throws InterruptedException {
        new NodeEdits(parts()).apply(reference, this::edited);
        out().println(reference);
        if (!role.isEmpty()) {
            warnOfEvenManagers(cluster());
        }
    }

    private NodeSpec edited(NodeSpec before) {
        Map<String, String> labels = new TreeMap<>(before.labels());
        labels.putAll(Texts.pairs(added));
        removed.forEach(labels::remove);
        return new NodeSpec(before.name(), labels, role(before.role()), availability(before.availability()));
    }

    private NodeRole role(NodeRole before) {
        return role.isEmpty() ? before : Texts.constant(NodeRole.values(), role, "role");
    }

    private NodeSpec.Availability availability(NodeSpec.Availability before) {
        return availability.isEmpty()
                ? before
                : Texts.constant(NodeSpec.Availability.values(), availability, "availability");
    }
}
