package io.skep.api.consensus;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** This node's open member of the group. Thread-safe, non-blocking but for {@link #close()}. */
@ProviderType
public interface Group extends AutoCloseable {
    /** The largest command that {@link #submit} takes, in bytes. */
    int MAX_COMMAND = 64 * 1024;

    /**
     * Proposes a command on any member; the engine brings it to the leader. The stage completes with the state machine's
     * answer once a majority has the command on disk and this group's leader applied it. Commands submitted one after another by one thread are
     * applied in that order.
     *
     * @return fails with {@code NO_LEADER} or {@code TIMED_OUT}, or with {@code EXHAUSTED} while this member's disk is full; the
     *     command may still be applied later, so commands carry a request id
     */
    CompletionStage<byte[]> submit(byte[] command);

    /**
     * Completes once this member has applied everything that was committed before the call (a linearizable read point).
     * The value is the index applied. Fails with {@code NO_LEADER}, {@code TIMED_OUT} or {@code EXHAUSTED}.
     */
    CompletionStage<Long> barrier();

    /** What this member knows of the leader now. */
    Leadership leadership();

    /**
     * Reports every later change of leadership, on a thread of the engine: the listener hands over and returns. The present
     * state is reported first.
     */
    void onLeadership(Consumer<Leadership> listener);

    /** The ids of the members, sorted. */
    List<String> members();

    /** Adds a voting member, which must be opening with empty initial members; idempotent. */
    CompletionStage<Void> add(String memberId);

    /** Removes a member, dead or alive; idempotent. Leadership is handed over first when the leader is removed. */
    CompletionStage<Void> remove(String memberId);

    /** Hands leadership to a member; completes when it leads. */
    CompletionStage<Void> transfer(String memberId);

    /** Takes a snapshot and drops the log that it covers. */
    CompletionStage<Void> compact();

    /** Stops this member and frees its ports, threads and files; what is on disk stays. Blocks up to 10 s; idempotent. */
    @Override
    void close();
}
