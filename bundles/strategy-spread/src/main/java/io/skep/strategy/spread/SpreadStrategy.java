package io.skep.strategy.spread;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Strategy;
import io.skep.model.Task;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Prefers the node with the fewest tasks of the service, so that its loss hurts least, then the one with the fewest tasks of all. */
@Component(property = Strategy.PROPERTY + "=spread")
public final class SpreadStrategy implements Strategy {
    @Activate
    public SpreadStrategy() {}

    @Override
    public long score(Candidate candidate, Task task) {
        return ((long) candidate.activeTasksOfService() << Integer.SIZE) + candidate.activeTasks();
    }
}
