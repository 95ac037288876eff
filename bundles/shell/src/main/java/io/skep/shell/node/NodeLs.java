package io.skep.shell.node;

import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.api.store.Store;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeStatus;
import io.skep.model.table.Table;
import io.skep.shell.Columns;
import io.skep.shell.Filters;
import io.skep.shell.ListCommand;
import io.skep.shell.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;

/** Lists nodes. */
@Command(name = "node-ls", description = "List nodes")
public final class NodeLs extends ListCommand<Node> {
    private String self = "";
    private Optional<String> leader = Optional.empty();

    @Override
    protected List<Node> objects() throws InterruptedException {
        self = call(Identity.class, Identity::current).map(LocalNode::nodeId).orElse("");
        leader = call(Store.class, Store::leadership).leader();
        return List.copyOf(cluster().all(Table.NODES));
    }

    @Override
    protected String id(Node node) {
        return node.id();
    }

    @Override
    public Map<String, BiPredicate<Node, String>> keys() {
        return Map.of(
                "id", (node, value) -> node.id().startsWith(value),
                "name", (node, value) -> node.displayName().startsWith(value),
                "role", (node, value) -> Texts.lower(node.spec().role()).equals(value),
                "node.label", (node, value) -> Filters.label(node.spec().labels(), value),
                "label",
                        (node, value) -> node.description()
                                .filter(known -> Filters.label(known.engineLabels(), value))
                                .isPresent());
    }

    @Override
    protected Columns table(List<Node> nodes) {
        Columns table = new Columns("ID", "HOSTNAME", "STATUS", "AVAILABILITY", "MANAGER STATUS", "ENGINE VERSION");
        nodes.forEach(node -> table.add(
                node.id() + (node.id().equals(self) ? " *" : ""),
                node.displayName(),
                Texts.capital(node.status().state()),
                Texts.capital(node.spec().availability()),
                managerStatus(node),
                node.description().map(NodeDescription::engineVersion).orElse("")));
        return table;
    }

    /** A node that was promoted but has no member yet is none of docker's three. */
    private String managerStatus(Node node) {
        if (node.spec().role() != NodeRole.MANAGER || node.memberId().isEmpty()) {
            return "";
        }
        if (leader.equals(node.memberId())) {
            return "Leader";
        }
        return node.status().state() == NodeStatus.State.READY ? "Reachable" : "Unreachable";
    }
}
