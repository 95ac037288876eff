package io.skep.shell.swarm;

import io.skep.api.control.Cluster;
import io.skep.api.dispatch.Farewell;
import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.shell.Answers;
import io.skep.shell.Parts;
import io.skep.shell.SwarmCommand;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes this node out of its swarm; its containers and networks go with it. A manager becomes a worker before, so that the others do not miss its vote. */
@Command(name = "leave", description = "Leave the swarm; removes its containers and networks from this node")
public final class Leave extends SwarmCommand {
    private static final String OUTSIDE = "this node is not part of a swarm";

    @Option(
            names = {"-f", "--force"},
            description = "Leave though the swarm, or its last manager, is lost by it, or the keys are locked")
    private boolean force;

    @Override
    protected void run() throws InterruptedException {
        if (force) {
            check();
        } else {
            stepAside();
        }
        farewell();
        longWork().run("leaving the swarm, for which the parts of this node must stop", () -> {
            call(Identity.class, identity -> {
                identity.leave();
                return true;
            });
            return true;
        });
        List<String> left = new Clearing(parts(), lines()).clear();
        if (!left.isEmpty()) {
            throw new SkepException(
                    ErrorCode.FAILED,
                    "the node left the swarm, but not everything could be removed from it: " + String.join("; ", left)
                            + "; see log:display, and remove the rest with runc delete --force ID");
        }
        out().println("Node left the swarm.");
    }

    /** Whoever cannot read what the node was, or has it locked, may leave all the same. */
    private void check() throws InterruptedException {
        try {
            if (node().isEmpty() && !call(Identity.class, Identity::locked)) {
                throw new SkepException(ErrorCode.WRONG_STATE, OUTSIDE);
            }
        } catch (SkepException e) {
            if (e.code() != ErrorCode.CORRUPT && e.code() != ErrorCode.EXHAUSTED) {
                throw e;
            }
        }
    }

    /** Refuses when the swarm would suffer; afterwards it can do without this node. */
    private void stepAside() throws InterruptedException {
        if (call(Identity.class, Identity::locked)) {
            throw new SkepException(ErrorCode.WRONG_STATE, Parts.LOCKED + ", or leave with --force");
        }
        LocalNode node = node().orElseThrow(() -> new SkepException(ErrorCode.WRONG_STATE, OUTSIDE));
        if (node.role() == NodeRole.MANAGER) {
            call(Cluster.class, cluster -> longWork()
                    .await(
                            "stepping down, for which the other managers must go on alone",
                            cluster.stepDown("").thenApply(done -> true)));
        }
    }

    private Optional<LocalNode> node() throws InterruptedException {
        return call(Identity.class, Identity::current);
    }

    /** A swarm that does not hear it finds out by itself. */
    private void farewell() throws InterruptedException {
        try {
            call(Farewell.class, agent -> Answers.of(agent.say()));
        } catch (SkepException e) {
            if (e.code() != ErrorCode.PART_MISSING && e.code() != ErrorCode.WRONG_STATE) {
                warnings().accept("the managers were not told: " + e.getMessage());
            }
        }
    }
}
