package io.skep.agent;

import io.skep.api.dispatch.NodeTasks;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.runtime.ContainerStats;
import io.skep.api.runtime.ExecResult;
import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Brings questions about a task to the runtime that has its container. Thread-safe. */
final class TaskAccess implements NodeTasks {
    private final Plugins plugins;
    private final Map<String, String> runtimeOf = new ConcurrentHashMap<>();

    TaskAccess(Plugins plugins) {
        this.plugins = plugins;
    }

    void put(String taskId, String runtime) {
        runtimeOf.put(taskId, runtime);
    }

    void remove(String taskId) {
        runtimeOf.remove(taskId);
    }

    @Override
    public void logs(String taskId, LogQuery query, LogSink sink) {
        runtime(taskId).logs(taskId, query, sink);
    }

    @Override
    public ExecResult exec(String taskId, List<String> command, Duration timeout) {
        return runtime(taskId).exec(taskId, command, timeout);
    }

    @Override
    public ContainerStats stats(String taskId) {
        return runtime(taskId).stats(taskId);
    }

    private ContainerRuntime runtime(String taskId) {
        String name = runtimeOf.get(taskId);
        if (name == null) {
            throw new SkepException(ErrorCode.NOT_FOUND, "this node has no container of task " + taskId);
        }
        return plugins.runtime(name);
    }
}
