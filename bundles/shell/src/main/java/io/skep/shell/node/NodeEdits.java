package io.skep.shell.node;

import io.skep.api.control.Cluster;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.SkepException;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Answers;
import io.skep.shell.Parts;
import java.util.function.UnaryOperator;

/** Changes specs of nodes. What is asked for is an edit, which fits a newer row as well: a node writes its own row when it joins. */
final class NodeEdits {
    private static final int TRIES = 5;

    private final Parts parts;

    NodeEdits(Parts parts) {
        this.parts = parts;
    }

    /** False when the node was so before. */
    boolean apply(String reference, UnaryOperator<NodeSpec> edit) throws InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            Snapshot cluster = parts.cluster();
            Node node = Lookup.node(cluster, reference);
            NodeSpec spec = edit.apply(node.spec());
            if (spec.equals(node.spec())) {
                return false;
            }
            long version = cluster.versionOf(Table.NODES, node.id());
            try {
                parts.call(Cluster.class, control -> Answers.of(control.updateNode("", node.id(), version, spec)));
                return true;
            } catch (SkepException e) {
                if (left == 0 || e.code() != ErrorCode.OUT_OF_SEQUENCE) {
                    throw e;
                }
            }
        }
    }

    /** The same spec with another role. */
    static NodeSpec as(NodeRole role, NodeSpec spec) {
        return new NodeSpec(spec.name(), spec.labels(), role, spec.availability());
    }
}
