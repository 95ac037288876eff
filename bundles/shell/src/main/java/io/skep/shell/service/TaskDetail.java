package io.skep.shell.service;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.skep.model.Task;
import io.skep.model.TaskStatus;
import io.skep.model.table.Snapshot;
import java.util.Optional;

/**
 * A task with what was observed of it, as one object.
 *
 * @param task what the swarm wants
 * @param name its name
 * @param status what its node observed; what the managers know when it has not reported
 */
record TaskDetail(@JsonUnwrapped Task task, String name, TaskStatus status) {
    static TaskDetail of(Snapshot cluster, Task task) {
        TaskStatus known = new TaskStatus(
                task.id(), cluster.stateOf(task), task.createdAt(), task.pendingReason(), "", Optional.empty());
        return new TaskDetail(task, task.name(), cluster.status(task.id()).orElse(known));
    }
}
