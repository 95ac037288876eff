package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.api.identity.Addresses;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.api.store.Epoch;
import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.SwarmSpec;
import io.skep.model.UnlockKey;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.shell.Answers;
import io.skep.shell.Following;
import io.skep.shell.SwarmCommand;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Founds a swarm and waits until it answers. */
@Command(name = "init", description = "Found a swarm with this node as its manager")
public final class Init extends SwarmCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--autolock", description = "Managers ask for a key after their start")
    private boolean autolock;

    @Mixin
    private AddressOptions addresses = new AddressOptions();

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
        if (!addresses.given().equals(Addresses.CHOSEN)) {
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
        LocalNode node = call(Identity.class, identity -> identity.init(addresses.given()));
        call(Cluster.class, cluster -> Answers.of(cluster.read()));
        boolean founded = new Following(parts()).until(PATIENCE, Init::ready, snapshot -> {});
        if (!founded) {
            throw new SkepException(
                    ErrorCode.TIMED_OUT,
                    "the swarm was founded but does not answer after " + PATIENCE.toSeconds() + " s; see log:display");
        }
        out().println("Swarm initialized: current node (" + node.nodeId() + ") is now a manager.\n");
        tellHowToJoin(node);
        if (autolock) {
            out().println("\n" + UnlockKeys.instructions(lock()));
        }
    }

    private void tellHowToJoin(LocalNode node) throws InterruptedException {
        JoinToken token = call(Cluster.class, cluster -> Answers.of(cluster.joinToken(NodeRole.WORKER)));
        out().println(Tokens.instructions(NodeRole.WORKER, token, node.transportAddress()));
        out().println("To add a manager to this swarm, run 'swarm:join-token manager' and follow the instructions.");
    }

    private UnlockKey lock() throws InterruptedException {
        SwarmSpec spec = cluster().swarm().orElseThrow().spec();
        SwarmSpec locked = new SwarmSpec(
                spec.strategy(), spec.taskHistoryLimit(), spec.heartbeatPeriod(), spec.certificateLifetime(), true);
        return call(Cluster.class, cluster -> Answers.of(
                        cluster.updateSwarm("", Change.ANY, locked).thenCompose(done -> cluster.unlockKey()))
                .orElseThrow());
    }

    private static boolean ready(Snapshot cluster) {
        return cluster.swarm().isPresent();
    }
}
