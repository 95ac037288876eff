package io.skep.api.control;

import io.skep.api.runtime.LogQuery;
import io.skep.api.runtime.LogSink;
import io.skep.model.Task;
import org.osgi.annotation.versioning.ProviderType;

/** What tasks printed, wherever they run. Provided by managers. Thread-safe, blocking. */
@ProviderType
public interface TaskLogs {
    /**
     * Reads a task's output from its node; with {@code follow} until the task ends, the sink has enough or the thread is interrupted, which stays so. A task without
     * a node or a container, not yet or no more, has printed nothing.
     *
     * @param sink called on the caller's thread; when it takes longer than {@value io.skep.api.dispatch.LogWire#IDLE_SECONDS} s for a line, the node may have given
     *     up
     * @throws io.skep.model.SkepException as the node's runtime does; {@code PART_MISSING} when the node is down or cannot be reached, runs no agent,
     *     or this one does not manage any more; {@code TIMED_OUT} when it does not answer; {@code WRONG_STATE} when it has given up; {@code EXHAUSTED} when
     *     it reads too much already
     */
    void logs(Task task, LogQuery query, LogSink sink);
}
