package io.skep.api.scheduling;

import io.skep.model.Task;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says which of the nodes that can run a task should. A set of plug-ins with the service property {@code strategy}, its name, by which
 * {@code strategy-use} chooses it. Pure: the same arguments give the same score. Called once for each node and group of like tasks and again
 * after each placement on the node: must be quick (a microsecond) and must not block.
 *
 * <p>Like tasks agree in image, container labels, reservations, placement, networks, runtime and host-mode ports; they may be of different
 * services. Nothing else of a task may matter to its score, but its id may serve as a source of variety.
 */
@ConsumerType
@FunctionalInterface
public interface Strategy {
    /** The service property that names the strategy. */
    String PROPERTY = "strategy";

    /**
     * The node with the lowest score wins; equal scores by node id. A node with five recent failures of the service comes last whatever its score.
     *
     * @param candidate the node, the placements of this run counted in
     * @param task the task to be placed
     * @return any number
     */
    long score(Candidate candidate, Task task);
}
