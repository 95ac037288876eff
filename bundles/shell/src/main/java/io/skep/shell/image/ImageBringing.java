package io.skep.shell.image;

import io.skep.api.control.ImageDistribution;
import io.skep.api.dispatch.ImageWire;
import io.skep.shell.Answers;
import io.skep.shell.SwarmCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command that brings an image to this node, or to all nodes of the swarm. */
abstract class ImageBringing extends SwarmCommand {
    private static final long QUIET_SECONDS = 2;

    @Option(
            names = "--all-nodes",
            description = "Bring it to every node of the swarm that is ready; FILE is a file of this manager")
    private boolean allNodes;

    /** True when all nodes are meant. */
    protected final boolean allNodes() {
        return allNodes;
    }

    /** Brings it to all nodes and prints what became of it; fails when it is not on each. Ctrl-C gives it up. */
    protected final void bring(Path file, Optional<ImageWire.Rootfs> rootfs) throws InterruptedException {
        List<ImageDistribution.Delivery> deliveries = call(ImageDistribution.class, distribution -> {
            try (ImageDistribution.Run run = distribution.begin(file, rootfs)) {
                return outcome(run);
            }
        });
        Deliveries all = new Deliveries(deliveries);
        all.table().print(out());
        all.requireComplete();
    }

    private List<ImageDistribution.Delivery> outcome(ImageDistribution.Run run) throws InterruptedException {
        Optional<List<ImageDistribution.Delivery>> end = Answers.within(run.outcome(), QUIET_SECONDS);
        while (end.isEmpty()) {
            warnings().accept(run.progress() + " ...");
            end = Answers.within(run.outcome(), QUIET_SECONDS);
        }
        return end.get();
    }
}
