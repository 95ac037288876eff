package io.skep.shell.node;

import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.ListCommand;
import io.skep.shell.Texts;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists nodes. */
@Command(name = "node-ls", description = "List nodes")
public final class NodeLs extends ListCommand<Node> {
    private String self = "";

    @Override
    protected List<Node> objects() throws InterruptedException {
        self = call(Identity.class, Identity::current).map(LocalNode::nodeId).orElse("");
        return List.copyOf(cluster().all(Table.NODES));
    }

    @Override
    protected String id(Node node) {
        return node.id();
    }

    @Override
    protected Columns table(List<Node> nodes) {
        Columns table = new Columns("ID", "HOSTNAME", "STATUS", "AVAILABILITY", "MANAGER STATUS", "ENGINE VERSION");
        nodes.forEach(node -> table.add(
                Texts.id(node.id()) + (node.id().equals(self) ? " *" : ""),
                node.displayName(),
                Texts.capital(node.status().state()),
                Texts.capital(node.spec().availability()),
                node.spec().role() == NodeRole.MANAGER ? "Leader" : "",
                node.description().map(NodeDescription::engineVersion).orElse("")));
        return table;
    }
}
