package io.skep.api.scheduling;

import io.skep.model.Task;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Rules nodes out. A set of plug-ins, pure; all must accept. Called once for each node and group of like tasks (see {@link Strategy}) and
 * again after each placement on the node: must be quick (a microsecond) and must not block.
 */
@ConsumerType
public interface Filter {
    /** True when the node can run the task. */
    boolean accepts(Candidate candidate, Task task);

    /** Explains to people that it ruled out so many nodes, such as {@code insufficient resources on 3 nodes}. */
    String explain(int nodes);
}
