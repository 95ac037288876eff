package io.skep.api.dispatch;

import io.skep.model.NodeDescription;
import io.skep.model.TaskStatus;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** An agent's open session. Non-blocking, any thread. */
@ProviderType
public interface AgentSession extends AutoCloseable {
    /**
     * Reports what was observed; only tasks of the session's node are taken, and only news that moves a task on. Completes when it is durable. Idempotent. Fails with {@code PART_MISSING} when the session
     * is over: open another and report again.
     */
    CompletionStage<Void> report(List<TaskStatus> statuses);

    /** Replaces what the node says of itself. */
    CompletionStage<Void> describe(NodeDescription description);

    /** Completes when the session is over for whatever reason: open another. */
    CompletionStage<Void> ended();

    /** Ends the session; the node is not marked down at once. Idempotent. */
    @Override
    void close();
}
