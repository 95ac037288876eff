package io.skep.api.dispatch;

import io.skep.model.NodeDescription;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Where an agent gets its work: the leader's side of the sessions. Thread-safe, non-blocking. */
@ProviderType
public interface Dispatcher {
    /**
     * Opens the session of a node, ending an earlier one of the same node. The node becomes READY.
     *
     * @param nodeId the agent's own node
     * @param description what it has
     * @param listener gets the whole assignment first and differences afterwards, in order, on the loop's thread
     * @return fails with {@code NO_LEADER} when this manager does not lead, {@code NOT_FOUND} when the node is not of the swarm
     */
    CompletionStage<AgentSession> open(String nodeId, NodeDescription description, Consumer<Assignments> listener);
}
