package io.skep.model;

import io.skep.model.table.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * What is observed of a task; its own table, written only on behalf of its node.
 *
 * @param taskId the task
 * @param state how far it has come
 * @param timestamp when the state was reached
 * @param message for people
 * @param err why it failed; may be empty
 * @param containerStatus once there is a container
 */
public record TaskStatus(
        String taskId,
        TaskState state,
        Instant timestamp,
        String message,
        String err,
        Optional<ContainerStatus> containerStatus)
        implements Row {
    @Override
    public String id() {
        return taskId;
    }

    /**
     * The container of a task.
     *
     * @param containerId the runtime's id
     * @param pid of the first process; zero when it does not run
     * @param exitCode once it ended, else zero
     * @param outOfMemory the kernel ended it for its memory limit
     */
    public record ContainerStatus(String containerId, int pid, int exitCode, boolean outOfMemory) {}
}
