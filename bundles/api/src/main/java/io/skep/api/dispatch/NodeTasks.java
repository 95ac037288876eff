package io.skep.api.dispatch;

import io.skep.api.runtime.ContainerStats;
import io.skep.api.runtime.ExecResult;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What can be asked of the tasks on one node while they run or as long as their containers are kept. Provided by the node's agent with the service property {@code node}, the node's id. Blocking;
 * {@code NOT_FOUND} when the node has no container of the task.
 */
@ProviderType
public interface NodeTasks {
    /** The service property that names the node. */
    String PROPERTY = "node";

    /** Reads a task's output; with {@code follow} until it ends or the sink has enough. */
    void logs(String taskId, LogQuery query, LogSink sink);

    /** Runs a further process in a task. */
    ExecResult exec(String taskId, List<String> command, Duration timeout);

    /** What a task uses now. */
    ContainerStats stats(String taskId);
}
