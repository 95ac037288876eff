package io.skep.manager;

import io.skep.api.kernel.Scope;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes what many nodes say with few commits: while one commit is under way, whatever comes waits and goes together with the next. So a lone word
 * waits for nobody, and a thousand at once cost some commits. On the loop.
 */
final class GroupCommit<E> {
    /** Changes in one commit: few enough for the loop. */
    private static final int MOST = 1_000;

    private static final int TRIES = 10;

    /** What entries change, together; pure. */
    @FunctionalInterface
    interface Plan<E> {
        List<Change> changes(Snapshot cluster, List<E> entries);
    }

    private record Waiting<E>(E entry, CompletableFuture<Boolean> answer) {}

    private final Store store;
    private final Scope scope;
    private final Plan<E> plan;
    private final ToIntFunction<E> weight;
    private final Deque<Waiting<E>> waiting = new ArrayDeque<>();
    private boolean busy;
    private long term;

    GroupCommit(Store store, Scope scope, Plan<E> plan, ToIntFunction<E> weight) {
        this.store = store;
        this.scope = scope;
        this.plan = plan;
        this.weight = weight;
    }

    /** A leadership begins, or none (0): what was said to another is over. */
    void lead(long now) {
        term = now;
        List<Waiting<E>> left = List.copyOf(waiting);
        waiting.clear();
        answer(left, SessionOver.failure());
    }

    /** Completes when what the entry says is durable. */
    CompletionStage<Boolean> add(E entry) {
        if (term == 0) {
            return CompletableFuture.failedFuture(SessionOver.failure());
        }
        Waiting<E> added = new Waiting<>(entry, new CompletableFuture<>());
        waiting.add(added);
        go();
        return added.answer();
    }

    private void go() {
        if (!busy && !waiting.isEmpty()) {
            busy = true;
            commit(batch(), term, TRIES);
        }
    }

    private List<Waiting<E>> batch() {
        List<Waiting<E>> batch = new ArrayList<>();
        int heavy = 0;
        while (!waiting.isEmpty() && (batch.isEmpty() || heavy < MOST)) {
            Waiting<E> next = waiting.remove();
            heavy += weight.applyAsInt(next.entry());
            batch.add(next);
        }
        return batch;
    }

    private void commit(List<Waiting<E>> batch, long decidedIn, int left) {
        Snapshot cluster = store.snapshot();
        List<Change> changes =
                plan.changes(cluster, batch.stream().map(Waiting::entry).toList());
        CompletionStage<Snapshot> done = changes.isEmpty()
                ? CompletableFuture.completedFuture(cluster)
                : store.commit(new Transaction("", decidedIn, changes));
        done.whenComplete((snapshot, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> committed(batch, decidedIn, left, failure));
            }
        });
    }

    private void committed(List<Waiting<E>> batch, long decidedIn, int left, @Nullable Throwable failure) {
        if (left > 1 && failure != null && conflict(failure)) {
            commit(batch, decidedIn, left - 1);
        } else {
            busy = false;
            answer(batch, failure);
            go();
        }
    }

    private static boolean conflict(Throwable failure) {
        return Requests.cause(failure) instanceof SkepException known && known.code() == ErrorCode.OUT_OF_SEQUENCE;
    }

    private static <E> void answer(List<Waiting<E>> batch, @Nullable Throwable failure) {
        for (Waiting<E> one : batch) {
            if (failure == null) {
                one.answer().complete(true);
            } else {
                one.answer().completeExceptionally(Requests.cause(failure));
            }
        }
    }
}
