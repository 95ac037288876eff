package io.skep.scheduler;

import io.skep.model.Task;
import java.util.List;

/**
 * Tasks of one service and spec version, which are placed together.
 *
 * @param service whose they are
 * @param tasks in the order in which they came; at least one by the time the group is looked at
 */
record Group(PendingService service, List<Task> tasks) {
    Task first() {
        return tasks.get(0);
    }

    Shape shape() {
        return Shape.of(first(), service.hostPorts());
    }
}
