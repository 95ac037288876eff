package io.skep.scheduler.filter;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.model.Node;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Task;

/** Rules out nodes that do not answer, and those that an operator paused or drained. */
public final class ReadyFilter implements Filter {
    @Override
    public boolean accepts(Candidate candidate, Task task) {
        Node node = candidate.node();
        return node.status().state() == NodeStatus.State.READY
                && node.spec().availability() == NodeSpec.Availability.ACTIVE;
    }

    @Override
    public String explain(int nodes) {
        return Wording.count(nodes) + " not available for new tasks";
    }
}
