package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.scheduling.Strategy;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Answers;
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

    @Override
    protected void run() throws InterruptedException {
        Optional<LocalNode> node = call(Identity.class, Identity::current);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("Swarm", node.isPresent() ? "active" : "inactive");
        if (node.isPresent()) {
            facts.put("NodeID", node.get().nodeId());
            facts.put("SwarmID", node.get().swarmId());
            facts.put("Role", node.get().role().name().toLowerCase(Locale.ROOT));
            facts.put("Address", node.get().advertiseAddress());
            addCluster(facts);
        }
        facts.put("Runtimes", parts().names(ContainerRuntime.class, ContainerRuntime.PROPERTY));
        facts.put("Strategies", parts().names(Strategy.class, Strategy.PROPERTY));
        if (!parts().failures().isEmpty()) {
            facts.put("Failed", parts().failures());
        }
        print(facts);
    }

    private void addCluster(Map<String, Object> facts) throws InterruptedException {
        try {
            Snapshot cluster = call(Cluster.class, part -> Answers.of(part.read()));
            facts.put(
                    "Strategy",
                    cluster.swarm().map(swarm -> swarm.spec().strategy()).orElse(""));
            facts.put("Nodes", cluster.all(Table.NODES).size());
            facts.put("Networks", cluster.all(Table.NETWORKS).size());
            facts.put("Services", cluster.all(Table.SERVICES).size());
            facts.put("Tasks", cluster.all(Table.TASKS).size());
        } catch (SkepException e) {
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
