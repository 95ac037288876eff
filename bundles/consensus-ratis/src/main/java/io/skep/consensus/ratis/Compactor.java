package io.skep.consensus.ratis;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.rpc.CallId;
import org.jspecify.annotations.Nullable;

/**
 * Has a snapshot taken when a file's worth of commands was applied since the last one, but not soon after one that failed. Ratis itself
 * counts entries, not bytes, and tells nobody when it fails.
 */
final class Compactor {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration REST = Duration.ofSeconds(10);

    private final RaftNode node;
    private final RatisCalls calls;
    private final long segmentBytes;
    private final AtomicLong applied = new AtomicLong();
    /** On the clock of {@link System#nanoTime()}. */
    private volatile long notBefore = System.nanoTime();

    private final Queue<CompletableFuture<@Nullable Void>> waiting = new ConcurrentLinkedQueue<>();

    Compactor(RaftNode node, RatisCalls calls, long segmentBytes) {
        this.node = node;
        this.calls = calls;
        this.segmentBytes = segmentBytes;
    }

    /** Called on the thread that applies. */
    void applied(int bytes) {
        if (applied.addAndGet(bytes) >= segmentBytes && !resting()) {
            applied.set(0);
            // A failure is logged where it happens.
            var unused = request();
        }
    }

    private boolean resting() {
        return System.nanoTime() - notBefore < 0;
    }

    /** Takes a snapshot of what is applied now and drops the log before it. */
    CompletableFuture<@Nullable Void> compact() {
        CompletableFuture<@Nullable Void> taken = new CompletableFuture<>();
        waiting.add(taken);
        var unused = request().thenAccept(reply -> {
            if (reply.isSuccess()) {
                taken.complete(null);
            } else {
                taken.completeExceptionally(new SkepException(
                        ErrorCode.PART_MISSING,
                        "no snapshot can be taken now: " + reply.getException().getMessage()));
            }
        });
        return taken;
    }

    /** A snapshot was taken, or not. */
    void settled(@Nullable SkepException failure) {
        if (failure != null) {
            notBefore = System.nanoTime() + REST.toNanos();
            applied.set(segmentBytes); // the next command after the rest brings the next try
        }
        for (CompletableFuture<@Nullable Void> taken = waiting.poll(); taken != null; taken = waiting.poll()) {
            if (failure == null) {
                taken.complete(null);
            } else {
                taken.completeExceptionally(failure);
            }
        }
    }

    private CompletableFuture<RaftClientReply> request() {
        return calls.compose(() -> node.server()
                .snapshotManagementAsync(SnapshotManagementRequest.newCreate(
                        node.clerk(), node.id(), node.groupId(), CallId.getAndIncrement(), LIMIT.toMillis(), 1)));
    }
}
