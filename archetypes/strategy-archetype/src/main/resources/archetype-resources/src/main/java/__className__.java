package ${package};

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Strategy;
import io.skep.model.Task;
import org.osgi.service.component.annotations.Component;

/** Prefers the node with the fewest tasks: say here what yours prefers. */
@Component(property = Strategy.PROPERTY + "=${strategyName}")
public final class ${className} implements Strategy {
    /**
     * The node with the lowest score gets the task. Called for each node, and again for a node after it got a task, so that it must be quick (a
     * microsecond), must not block, and may look at nothing but its arguments: no clock, no randomness, no field that changes.
     */
    @Override
    public long score(Candidate candidate, Task task) {
        return candidate.activeTasks();
    }
}
