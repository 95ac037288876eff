package io.skep.manager;

import io.skep.api.identity.LocalNode;
import io.skep.api.identity.Subscription;
import io.skep.api.kernel.Scope;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Waits until this manager, which was demoted, is let go. Not its own store tells it, which gets no news once consensus goes on without it, but the leader by way of
 * the agent. Thread-safe.
 */
final class StepDown {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final LocalNode node;
    private final Scope scope;
    private final Subscription subscription;
    private final Map<Object, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    StepDown(LocalNode node, Scope scope) {
        this.node = node;
        this.scope = scope;
        subscription = node.onChange(this::look);
    }

    /**
     * The same after asking for it. Consensus may let a member go before that has heard of it, so the question fails though it did what it should.
     *
     * @param failure of the question; null when it was answered
     */
    CompletionStage<Void> down(@Nullable Throwable failure) {
        if (letGo()) { // the control API may be gone by now, and its scope with it
            return CompletableFuture.completedFuture(null);
        }
        return failure == null ? down() : CompletableFuture.failedFuture(failure);
    }

    private CompletionStage<Void> down() {
        CompletableFuture<Void> down = new CompletableFuture<>();
        Object key = new Object();
        waiting.put(key, down);
        scope.after(
                PATIENCE,
                () -> down.completeExceptionally(new SkepException(
                        ErrorCode.TIMED_OUT,
                        "the other managers have not let this one go yet; repeat the command, or leave with --force")));
        look();
        return down.whenComplete((done, failure) -> waiting.remove(key));
    }

    private void look() {
        if (letGo()) {
            waiting.values().forEach(one -> one.complete(null));
        }
    }

    private boolean letGo() {
        return node.role() == NodeRole.WORKER || node.facts().role() == NodeRole.WORKER;
    }

    /** Whoever waits is told that the control API goes, which it does when this node becomes a worker. */
    void close() {
        subscription.close();
        look();
        waiting.values()
                .forEach(one -> one.completeExceptionally(new SkepException(
                        ErrorCode.PART_MISSING, "the control API was stopped; repeat the command when it runs again")));
    }
}
