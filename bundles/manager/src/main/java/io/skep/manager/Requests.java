package io.skep.manager;

import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Carries requests out: reads, plans, commits, and plans again on a newer state when another change won. */
final class Requests {
    private static final int TRIES = 100;

    private final Store store;
    private final Scope scope;
    private final Entropy entropy;

    Requests(Store store, Scope scope, Entropy entropy) {
        this.store = store;
        this.scope = scope;
        this.entropy = entropy;
    }

    <R> CompletionStage<R> run(String requestId, Request<R> request) {
        Ids ids = new Ids(requestId.isEmpty() ? entropy.newId() : requestId, scope.now());
        return attempt(ids, request, TRIES);
    }

    private <R> CompletionStage<R> attempt(Ids ids, Request<R> request, int left) {
        return store.sync().thenCompose(cluster -> once(cluster, ids, request)).exceptionallyCompose(failure -> {
            Throwable cause = cause(failure);
            boolean again = left > 1 && cause instanceof SkepException e && e.code() == ErrorCode.OUT_OF_SEQUENCE;
            return again ? attempt(ids, request, left - 1) : CompletableFuture.failedFuture(cause);
        });
    }

    private <R> CompletionStage<R> once(Snapshot cluster, Ids ids, Request<R> request) {
        List<Change> changes =
                store.applied(ids.requestId()) ? List.of() : request.plan().changes(cluster, ids);
        CompletionStage<Snapshot> after = changes.isEmpty()
                ? CompletableFuture.completedFuture(cluster)
                : store.commit(new Transaction(ids.requestId(), 0, changes));
        return after.thenApply(now -> request.answer().read(cluster, now, ids));
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
