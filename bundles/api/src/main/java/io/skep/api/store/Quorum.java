package io.skep.api.store;

import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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

    /** The epoch in which this manager's store is. */
    Epoch epoch();

    /**
     * Hands the state over to a new group of the same members with another engine; idempotent. Transactions wait meanwhile, and none that was acknowledged is
     * lost. A manager that is away follows when it comes back.
     *
     * @param engine the engine's name
     * @return the epoch, once this manager is in it; fails with {@code WRONG_STATE} naming the managers on which the engine does not run or that do
     *     not answer, or when the swarm is on its way to yet another engine, and with {@code NO_LEADER} or {@code TIMED_OUT} when the outcome is
     *     unknown: repeat it
     */
    CompletionStage<Epoch> move(String engine);

    /**
     * Goes on alone with everything that this manager has on disk, because the others are lost for good: a new epoch of this one member begins with its
     * state and the changes of {@code plan}. Members of the old group are never listened to again.
     *
     * @param plan what to change of the state before anything else happens; pure; called on any thread
     * @return the epoch, once this manager is in it; fails with {@code WRONG_STATE} while there is a leader, or when this manager has no state, and
     *     with what {@code plan} throws; then all is as before
     */
    CompletionStage<Epoch> recover(Function<Snapshot, List<Change>> plan);
}
