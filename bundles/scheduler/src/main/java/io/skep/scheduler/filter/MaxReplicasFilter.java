package io.skep.scheduler.filter;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.model.Task;

/** Rules out nodes that have as many tasks of the service as one node may. */
public final class MaxReplicasFilter implements Filter {
    private final int limit;

    public MaxReplicasFilter(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean accepts(Candidate candidate, Task task) {
        return candidate.activeTasksOfService() < limit;
    }

    @Override
    public String explain(int nodes) {
        return "max replicas per node limit exceed";
    }
}
