package io.skep.agent;

import io.skep.api.runtime.Container;
import io.skep.api.runtime.Exit;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.TaskStatus.ContainerStatus;
import java.time.Instant;
import java.util.Optional;

/** What the managers are told at each turn of a task's life; pure. */
final class TaskNews {
    private TaskNews() {}

    static TaskStatus of(String taskId, TaskState state, String message, Instant now) {
        return new TaskStatus(taskId, state, now, message, "", Optional.empty());
    }

    static TaskStatus running(Container container, Instant now) {
        ContainerStatus status =
                new ContainerStatus(container.id(), container.pid().orElse(0), 0, false);
        return new TaskStatus(
                container.id(),
                TaskState.RUNNING,
                container.startedAt().orElse(now),
                "started",
                "",
                Optional.of(status));
    }

    /**
     * How the container ended.
     *
     * @param unwanted the task was to be shut down: then whatever its program answered is no failure
     */
    static TaskStatus exited(String taskId, Exit exit, boolean unwanted, Instant now) {
        Optional<ContainerStatus> container =
                Optional.of(new ContainerStatus(taskId, 0, exit.code(), exit.outOfMemory()));
        if (unwanted) {
            return new TaskStatus(taskId, TaskState.SHUTDOWN, now, "shutdown", memory(exit), container);
        }
        TaskState state = exit.code() == 0 ? TaskState.COMPLETE : TaskState.FAILED;
        String err = state == TaskState.FAILED ? "task: non-zero exit (" + exit.code() + ")" : "";
        return new TaskStatus(taskId, state, now, "finished", err + memory(exit), container);
    }

    /** Why it could not be made ready, started, or found again. */
    static TaskStatus failed(String taskId, TaskState state, String err, boolean unwanted, Instant now) {
        TaskState told = unwanted && state == TaskState.FAILED ? TaskState.SHUTDOWN : state;
        String message = state == TaskState.REJECTED ? "preparing" : "starting";
        return new TaskStatus(taskId, told, now, message, err, Optional.empty());
    }

    private static String memory(Exit exit) {
        return exit.outOfMemory() ? ": out of memory, the kernel enforced the memory limit" : "";
    }
}
