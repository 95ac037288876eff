package io.skep.api.store;

import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.Scope;
import io.skep.model.table.Snapshot;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The replicated state of the cluster on a manager. Thread-safe, non-blocking. */
@ProviderType
public interface Store {
    /** What this manager has applied: free, never waits, may lag behind other managers. */
    Snapshot snapshot();

    /**
     * A snapshot that holds everything acknowledged to anybody before the call (a linearizable read).
     * Fails with {@code NO_LEADER}, {@code TIMED_OUT}, or {@code EXHAUSTED} while this manager's disk is full.
     */
    CompletionStage<Snapshot> sync();

    /**
     * Applies a transaction wholly or not at all, on every manager. The stage completes once it is on the disks of a majority and applied here.
     *
     * @return a snapshot that holds the transaction; fails with {@code OUT_OF_SEQUENCE} when a row was written since its author
     *     looked, {@code DEPOSED} when its term is over, {@code NO_LEADER}, {@code TIMED_OUT} or, with a full disk,
     *     {@code EXHAUSTED} when the outcome is unknown: repeat it under the same request id, it applies once
     */
    CompletionStage<Snapshot> commit(Transaction transaction);

    /** True when a transaction of this request id is among the last 10,000 that were applied here. */
    boolean applied(String requestId);

    /**
     * Reports every applied transaction in order, as an event of {@code owner}. The first report carries the present state
     * and no changes; so does the one after a snapshot was restored: the watcher looks at everything anew. A commit may be answered before
     * its report.
     *
     * @return ends the watch; idempotent. Closing the scope ends it too
     */
    Watch watch(Scope owner, Consumer<Applied> watcher);

    /** What this manager knows of the leader. */
    Leadership leadership();

    /** Reports the present and every later leadership as an event of {@code owner}. */
    Watch onLeadership(Scope owner, Consumer<Leadership> watcher);

    /** Ends a watch. */
    @ProviderType
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
