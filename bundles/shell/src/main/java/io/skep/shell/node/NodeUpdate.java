package io.skep.shell.node;

import io.skep.api.control.Cluster;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeSpec;
import io.skep.model.SkepException;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import io.skep.shell.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes what is asked of a node. */
@Command(name = "node-update", description = "Change a node's availability and labels")
public final class NodeUpdate extends SwarmCommand {
    private static final int TRIES = 5;

    @Option(
            names = "--availability",
            paramLabel = "active|pause|drain",
            description = "Whether it takes new tasks, only keeps its own, or runs none")
    private String availability = "";

    @Option(names = "--label-add", paramLabel = "NAME=value", description = "Label to add or change (repeatable)")
    private List<String> added = new ArrayList<>();

    @Option(names = "--label-rm", paramLabel = "NAME", description = "Name of a label to remove (repeatable)")
    private List<String> removed = new ArrayList<>();

    @Parameters(paramLabel = "NODE", description = "Id or name of the node")
    private String reference;

    @Override
    protected void run() throws InterruptedException {
        int tries = TRIES;
        while (!updated(--tries > 0)) {
            // What is asked for is an edit, which fits the newer row as well: a node writes its own row when it joins.
        }
        out().println(reference);
    }

    /** False when the row was written in between and another try is left. */
    private boolean updated(boolean more) throws InterruptedException {
        Snapshot cluster = cluster();
        Node node = Lookup.node(cluster, reference);
        NodeSpec spec = edited(node.spec());
        long version = cluster.versionOf(Table.NODES, node.id());
        try {
            call(Cluster.class, control -> Answers.of(control.updateNode("", node.id(), version, spec)));
            return true;
        } catch (SkepException e) {
            if (more && e.code() == ErrorCode.OUT_OF_SEQUENCE) {
                return false;
            }
            throw e;
        }
    }

    private NodeSpec edited(NodeSpec before) {
        Map<String, String> labels = new TreeMap<>(before.labels());
        added.forEach(text -> {
            String[] parts = text.split("=", 2);
            labels.put(parts[0], parts.length == 2 ? parts[1] : "");
        });
        removed.forEach(labels::remove);
        return new NodeSpec(before.name(), labels, before.role(), availability(before.availability()));
    }

    private NodeSpec.Availability availability(NodeSpec.Availability before) {
        if (availability.isEmpty()) {
            return before;
        }
        return Arrays.stream(NodeSpec.Availability.values())
                .filter(value -> Texts.lower(value).equals(availability))
                .findFirst()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.INVALID_ARGUMENT,
                        "'" + availability + "' is no availability; choose active, pause or drain"));
    }
}
