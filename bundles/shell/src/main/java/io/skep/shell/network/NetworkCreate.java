package io.skep.shell.network;

import io.skep.api.control.Cluster;
import io.skep.model.NetworkSpec;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Creates a network. */
@Service
@Command(scope = "swarm", name = "network-create", description = "Create a network")
public final class NetworkCreate extends SwarmCommand {
    @Option(name = "--subnet", description = "Subnet, such as 10.20.0.0/24; chosen when not given")
    private String subnet = "";

    @Option(name = "--gateway", description = "Gateway inside the subnet; its first address when not given")
    private String gateway = "";

    @Option(name = "--internal", description = "No way out to other networks")
    private boolean internal;

    @Option(name = "--attachable", description = "Open to single containers")
    private boolean attachable;

    @Option(name = "-l", aliases = "--label", description = "Label NAME=value (repeatable)", multiValued = true)
    private final List<String> labels = new ArrayList<>();

    @Argument(index = 0, name = "NETWORK", description = "Name of the network", required = true)
    private String name;

    @Override
    protected void run() throws InterruptedException {
        Map<String, String> pairs = new TreeMap<>();
        labels.forEach(text -> {
            String[] parts = text.split("=", 2);
            pairs.put(parts[0], parts.length == 2 ? parts[1] : "");
        });
        NetworkSpec spec = new NetworkSpec(name, pairs, "", subnet, gateway, internal, attachable, false);
        out().println(call(Cluster.class, cluster -> Answers.of(cluster.createNetwork("", spec)))
                .id());
    }
}
