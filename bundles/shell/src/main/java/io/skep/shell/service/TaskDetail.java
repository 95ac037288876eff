package io.skep.shell.service;

import io.skep.model.Task;
import io.skep.model.TaskStatus;
import io.skep.model.table.Snapshot;
import java.util.Optional;

/**
 * A task with what was observed of it.
 *
 * @param task what the swarm wants
 * @param name its name
 * @param status what its node observed; what the managers know when it has not reported
 */
record TaskDetail(String name, Task task, TaskStatus status) {
    static TaskDetail of(Snapshot cluster, Task task) {
        TaskStatus known = new TaskStatus(
                task.id(), cluster.stateOf(task), task.createdAt(), task.pendingReason(), "", Optional.empty());
        return new TaskDetail(task.name(), task, cluster.status(task.id()).orElse(known));
    }
}
