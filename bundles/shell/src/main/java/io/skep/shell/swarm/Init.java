package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.api.identity.Addresses;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import io.skep.shell.Answers;
import io.skep.shell.Following;
import io.skep.shell.SwarmCommand;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Founds a swarm and waits until it answers. */
@Command(name = "init", description = "Found a swarm with this node as its manager")
public final class Init extends SwarmCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = "--advertise-addr",
            paramLabel = "ADDRESS",
            description =
                    "Address, or interface, under which other nodes reach this one, with or without :PORT; found out when not given")
    private String advertise = "";

    @Option(
            names = "--listen-addr",
            paramLabel = "ADDRESS",
            description = "Address, or interface, to listen on, with or without :PORT; every address when not given")
    private String listen = "";

    @Option(
            names = "--force-new-cluster",
            description =
                    "When a majority of the managers is lost for good: go on alone with all that this manager has on disk; the other"
                            + " managers are removed from the swarm")
    private boolean force;

    @Override
    protected void run() throws InterruptedException {
        Optional<LocalNode> present = force ? call(Identity.class, Identity::current) : Optional.empty();
        if (present.isPresent()) {
            goOnAlone(present.get());
        } else {
            found();
        }
    }

    private void goOnAlone(LocalNode node) throws InterruptedException {
        if (node.role() != NodeRole.MANAGER) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "this node is a worker and has nothing of the swarm's state; repeat the command on a manager that is left");
        }
        if (given(advertise).isPresent() || given(listen).isPresent()) {
            warnings().accept("this manager keeps its addresses");
        }
        warnings().accept("reading what this manager has on disk");
        Epoch epoch = call(Cluster.class, cluster -> Answers.of(cluster.recover("")));
        call(Cluster.class, cluster -> Answers.of(cluster.read()));
        out().println("Swarm initialized: current node (" + node.nodeId() + ") is now the only manager (epoch "
                + epoch.number() + ").");
        out().println(
                        "To have a majority that survives a loss, let two hosts join with the token of: join-token manager");
    }

    private void found() throws InterruptedException {
        Addresses addresses = new Addresses(given(advertise), given(listen));
        LocalNode node = call(Identity.class, identity -> identity.init(addresses));
        call(Cluster.class, cluster -> Answers.of(cluster.read()));
        boolean founded = new Following(parts()).until(PATIENCE, Init::ready, snapshot -> {});
        if (!founded) {
            throw new SkepException(
                    ErrorCode.TIMED_OUT,
                    "the swarm was founded but does not answer after " + PATIENCE.toSeconds() + " s; see log:display");
        }
        out().println("Swarm initialized: current node (" + node.nodeId() + ") is now a manager.");
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static boolean ready(Snapshot cluster) {
        return cluster.swarm().isPresent();
    }
}
