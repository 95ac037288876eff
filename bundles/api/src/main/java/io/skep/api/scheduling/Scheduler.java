package io.skep.api.scheduling;

import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Chooses a node for each task: filters say where it can run, the swarm's strategy where it should. Pure and exclusive (bound by a
 * configured target such as {@code (engine=heap)}). Called on an Effects thread; does not block.
 */
@ProviderType
public interface Scheduler {
    /**
     * Places tasks, each placement seeing those before it. Tasks that have a node already (of a global service) are only checked.
     *
     * @param cluster the state to place into, with the name of the strategy in its swarm row
     * @param pending the tasks to place, not assigned in {@code cluster}
     * @param now for rules that look back, such as recent failures
     * @return one answer for each task, in any order
     */
    List<Placement> place(Snapshot cluster, Collection<Task> pending, Instant now);

    /** The strategies that can be chosen now, sorted. */
    List<String> strategies();
}
