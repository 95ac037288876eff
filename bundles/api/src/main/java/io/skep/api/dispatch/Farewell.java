package io.skep.api.dispatch;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Lets a node go without being waited for. Provided by the node's agent. Thread-safe, non-blocking. */
@ProviderType
public interface Farewell {
    /**
     * Tells the leader that this node leaves the swarm now, so that its tasks are moved at once; the agent opens no session afterwards. Called before
     * {@link io.skep.api.identity.Identity#leave}.
     *
     * @return true when the leader has heard it; false when none did within two seconds, which does not matter to the one who leaves
     */
    CompletionStage<Boolean> say();
}
