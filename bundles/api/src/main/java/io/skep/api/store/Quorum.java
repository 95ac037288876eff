package io.skep.api.store;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Which managers agree on the state. Changed one member at a time, by the leader. Thread-safe, non-blocking. */
@ProviderType
public interface Quorum {
    /** The ids of the members as this manager knows them, sorted. */
    List<String> members();

    /** Adds a voting member whose store waits to be added; idempotent. Completes when it has the state. */
    CompletionStage<Void> add(String memberId);

    /** Removes a member, dead or alive; idempotent. Leadership is handed over first when the leader is removed. */
    CompletionStage<Void> remove(String memberId);

    /** Hands leadership to a member; completes when it leads. */
    CompletionStage<Void> transfer(String memberId);
}
