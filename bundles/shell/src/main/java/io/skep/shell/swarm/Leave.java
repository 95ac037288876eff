package io.skep.shell.swarm;

import io.skep.api.identity.Identity;
import io.skep.api.identity.LocalNode;
import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.runtime.Container;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.shell.SwarmCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes this node out of its swarm; its containers and networks go with it. */
@Command(name = "leave", description = "Leave the swarm; removes its containers and networks from this node")
public final class Leave extends SwarmCommand {
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Option(
            names = {"-f", "--force"},
            description = "Leave though the swarm, or its last manager, is lost by it")
    private boolean force;

    @Override
    protected void run() throws InterruptedException {
        Optional<LocalNode> node = call(Identity.class, Identity::current);
        if (node.isEmpty()) {
            throw new SkepException(ErrorCode.WRONG_STATE, "this node is not part of a swarm");
        }
        if (!force) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE,
                    "this node is the last manager: leaving ends the swarm and all that it runs; use --force to do so");
        }
        call(Identity.class, identity -> {
            identity.leave();
            return true;
        });
        List<String> left = clear();
        if (!left.isEmpty()) {
            throw new SkepException(
                    ErrorCode.FAILED,
                    "the node left the swarm, but not everything could be removed from it: " + String.join("; ", left)
                            + "; see log:display, and remove the rest with runc delete --force ID");
        }
        out().println("Node left the swarm.");
    }

    /** With the node gone no agent runs that would start anything anew. One thing that cannot be removed does not keep the others. */
    private List<String> clear() throws InterruptedException {
        Queue<String> left = new ConcurrentLinkedQueue<>();
        parts().callAll(ContainerRuntime.class, ContainerRuntime.PROPERTY, runtime -> {
            List<Container> containers = runtime.adopt();
            containers.forEach(container -> out().println("stopping " + container.id()));
            containers.parallelStream()
                    .forEach(container -> attempt("container " + container.id(), left, () -> {
                        runtime.stop(container.id(), GRACE);
                        runtime.remove(container.id());
                    }));
            return containers.size();
        });
        parts().callAll(NetworkDriver.class, NetworkDriver.PROPERTY, driver -> {
            attempt("routes", left, () -> driver.route(RouteTable.EMPTY));
            attempt("networks", left, () -> driver.detach(driver.sandboxes()));
            return true;
        });
        return List.copyOf(left);
    }

    private static void attempt(String what, Queue<String> left, Runnable removal) {
        try {
            removal.run();
        } catch (SkepException e) {
            left.add(what + " (" + e.getMessage() + ")");
        }
    }
}
