package io.skep.scheduler.filter;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.model.Task;

/** Rules out nodes on which the container runtime that the task names does not work. */
public final class RuntimeFilter implements Filter {
    private final String runtime;

    public RuntimeFilter(String runtime) {
        this.runtime = runtime;
    }

    @Override
    public boolean accepts(Candidate candidate, Task task) {
        return candidate
                .node()
                .description()
                .filter(node -> node.runtimes().contains(runtime))
                .isPresent();
    }

    @Override
    public String explain(int nodes) {
        return Wording.on("missing runtime " + runtime, nodes);
    }
}
