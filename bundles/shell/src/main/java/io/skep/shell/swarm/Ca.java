package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeStatus;
import io.skep.model.SkepException;
import io.skep.model.Trust;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.shell.Following;
import io.skep.shell.SwarmCommand;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the certificate that all nodes trust, or replaces it and waits until all follow. */
@Command(name = "ca", description = "Show the root certificate of the swarm, or replace it")
public final class Ca extends SwarmCommand {
    private static final Duration PATIENCE = Duration.ofDays(1);

    @Option(names = "--rotate", description = "Replace the root certificate; all nodes get new certificates")
    private boolean rotate;

    @Option(
            names = {"-d", "--detach"},
            description = "Do not wait until all nodes have new certificates")
    private boolean detach;

    @Option(
            names = {"-q", "--quiet"},
            description = "Wait without showing how it goes")
    private boolean quiet;

    private List<String> awaited = List.of();

    @Override
    protected void run() throws InterruptedException {
        if (!rotate) {
            out().println(trust(cluster()).root().certificate().strip());
            return;
        }
        String root = call(Cluster.class, cluster -> longWork().await("replacing the root", cluster.rotateCa("")));
        if (!detach && !new Following(parts()).until(PATIENCE, Ca::rotated, this::show)) {
            throw new SkepException(
                    ErrorCode.TIMED_OUT,
                    "nodes still lack new certificates after a day; bring back or remove those that are down");
        }
        out().println(root.strip());
    }

    private static boolean rotated(Snapshot cluster) {
        return trust(cluster).formerRoots().isEmpty();
    }

    /** Nodes that are down hold it up. */
    private void show(Snapshot cluster) {
        List<String> down = cluster.all(Table.NODES).stream()
                .filter(node -> node.status().state() != NodeStatus.State.READY)
                .map(Node::displayName)
                .toList();
        if (!quiet && !rotated(cluster) && !down.equals(awaited)) {
            warnings().accept("waiting for nodes that are not ready: " + String.join(", ", down));
        }
        awaited = down;
    }

    private static Trust trust(Snapshot cluster) {
        return cluster.all(Table.TRUST).stream()
                .findFirst()
                .orElseThrow(() -> new SkepException(
                        ErrorCode.WRONG_STATE, "the swarm is just being founded; repeat the command"));
    }
}
