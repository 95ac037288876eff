package io.skep.shell.network;

import io.skep.api.control.Cluster;
import io.skep.model.NetworkSpec;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a network. */
@Command(name = "network-create", description = "Create a network")
public final class NetworkCreate extends SwarmCommand {
    @Option(
            names = {"-d", "--driver"},
            paramLabel = "bridge|overlay",
            description = "What makes it; the swarm's own driver when not given")
    private String driver = "";

    @Option(
            names = "--subnet",
            paramLabel = "CIDR",
            description = "Subnet, such as 10.20.0.0/24; chosen when not given")
    private String subnet = "";

    @Option(
            names = "--gateway",
            paramLabel = "ADDRESS",
            description = "Gateway inside the subnet; its first address when not given")
    private String gateway = "";

    @Option(names = "--internal", description = "No way out to other networks")
    private boolean internal;

    @Option(names = "--attachable", description = "Open to single containers")
    private boolean attachable;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "NAME=value",
            description = "Label of the network (repeatable)")
    private List<String> labels = new ArrayList<>();

    @Parameters(paramLabel = "NETWORK", description = "Name of the network")
    private String name;

    @Override
    protected void run() throws InterruptedException {
        Map<String, String> pairs = new TreeMap<>();
        labels.forEach(text -> {
            String[] parts = text.split("=", 2);
            pairs.put(parts[0], parts.length == 2 ? parts[1] : "");
        });
        NetworkSpec spec = new NetworkSpec(name, pairs, driver, subnet, gateway, internal, attachable, false);
        out().println(call(Cluster.class, cluster -> Answers.of(cluster.createNetwork("", spec)))
                .id());
    }
}
