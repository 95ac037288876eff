package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.scheduling.Strategy;
import io.skep.api.store.Epoch;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Answers;
import io.skep.shell.Managers;
import io.skep.shell.Parts;
import io.skep.shell.SwarmCommand;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what this node is and how the swarm does, as far as the parts that run can tell. */
@Command(name = "info", description = "Show this node and its swarm")
public final class Info extends SwarmCommand {
    @Option(names = "--json", description = "Print JSON")
    private boolean json;

    private Optional<String> warning = Optional.empty();

    @Override
    protected void run() throws InterruptedException {
        Map<String, Object> facts = new LinkedHashMap<>();
        addNode(facts);
        facts.put("Runtimes", parts().names(ContainerRuntime.class, ContainerRuntime.PROPERTY));
        facts.put("Strategies", parts().names(Strategy.class, Strategy.PROPERTY));
        if (!parts().failures().isEmpty()) {
            facts.put("Failed", parts().failures());
        }
        print(facts);
        warning.ifPresent(warnings());
    }

    private void addNode(Map<String, Object> facts) throws InterruptedException {
        try {
            boolean locked = call(Identity.class, Identity::locked);
            Optional<LocalNode> node = call(Identity.class, Identity::current);
            facts.put("Swarm", locked ? "locked" : node.isPresent() ? "active" : "inactive");
            if (locked) {
                facts.put("Error", Parts.LOCKED);
            }
            if (node.isPresent()) {
                addNode(facts, node.get());
            }
        } catch (SkepException e) {
            facts.put("Swarm", "error");
            facts.put("Error", String.valueOf(e.getMessage()));
        }
    }

    private void addNode(Map<String, Object> facts, LocalNode node) throws InterruptedException {
        facts.put("NodeID", node.nodeId());
        facts.put("SwarmID", node.swarmId());
        facts.put("Role", node.role().name().toLowerCase(Locale.ROOT));
        facts.put("Address", node.advertiseAddress());
        node.trouble().ifPresent(trouble -> facts.put("Trouble", trouble));
        facts.put(
                "ManagerAddresses",
                node.facts().managers().stream().map(ManagerAddress::address).toList());
        if (node.role() == NodeRole.MANAGER) {
            addCluster(facts);
        }
    }

    private void addCluster(Map<String, Object> facts) throws InterruptedException {
        try {
            Epoch epoch = call(Cluster.class, Cluster::epoch);
            facts.put("Consensus", epoch.engine());
            facts.put("Epoch", epoch.number());
            Snapshot cluster = call(Cluster.class, part -> Answers.of(part.read()));
            facts.put(
                    "Strategy",
                    cluster.swarm().map(swarm -> swarm.spec().strategy()).orElse(""));
            Managers managers = Managers.of(cluster);
            warning = managers.warning();
            facts.put("Managers", managers.all().size());
            facts.put("ReachableManagers", managers.reachable());
            facts.put("Quorum", managers.quorum());
            facts.put(
                    "Autolock",
                    cluster.swarm().map(swarm -> swarm.spec().autolock()).orElse(false));
            facts.put("Nodes", cluster.all(Table.NODES).size());
            facts.put("Networks", cluster.all(Table.NETWORKS).size());
            facts.put("Services", cluster.all(Table.SERVICES).size());
            facts.put("Tasks", cluster.all(Table.TASKS).size());
        } catch (SkepException e) {
            facts.put("Quorum", false);
            facts.put("Error", String.valueOf(e.getMessage()));
        }
    }

    private void print(Map<String, Object> facts) {
        if (json) {
            out().println(Codec.toJson(facts));
        } else {
            facts.forEach((name, value) -> out().println(name + ": " + value));
        }
    }
}
