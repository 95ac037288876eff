package io.skep.shell.swarm;

import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.runtime.Container;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.model.SkepException;
import io.skep.shell.Parts;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Removes from this host what its former swarm ran on it. */
final class Clearing {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Parts parts;
    private final Consumer<String> print;

    Clearing(Parts parts, Consumer<String> print) {
        this.parts = parts;
        this.print = print;
    }

    /** With the node gone no agent runs that would start anything anew. What cannot be removed is named, and does not keep the rest. */
    List<String> clear() throws InterruptedException {
        Queue<String> left = new ConcurrentLinkedQueue<>();
        parts.callAll(ContainerRuntime.class, ContainerRuntime.PROPERTY, runtime -> {
            List<Container> containers = runtime.adopt();
            containers.forEach(container -> print.accept("stopping " + container.id()));
            containers.parallelStream()
                    .forEach(container -> attempt("container " + container.id(), left, () -> {
                        runtime.stop(container.id(), GRACE);
                        runtime.remove(container.id());
                    }));
            return containers.size();
        });
        parts.callAll(NetworkDriver.class, NetworkDriver.PROPERTY, driver -> {
            attempt("routes", left, () -> driver.route(RouteTable.EMPTY));
            attempt("sandboxes", left, () -> driver.detach(driver.sandboxes()));
            attempt("networks", left, () -> driver.stand(List.of()));
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
