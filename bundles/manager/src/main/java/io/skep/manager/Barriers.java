package io.skep.manager;

import io.skep.api.kernel.Scope;
import io.skep.api.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes sure that this manager still leads and has seen all that was acknowledged; whoever asks while one look is under way shares the next, so that a
 * thousand agents at once cost two. On the loop.
 */
final class Barriers {
    private final Store store;
    private final Scope scope;
    private final List<CompletableFuture<Boolean>> next = new ArrayList<>();
    private boolean busy;

    Barriers(Store store, Scope scope) {
        this.store = store;
        this.scope = scope;
    }

    CompletionStage<Boolean> pass() {
        CompletableFuture<Boolean> passed = new CompletableFuture<>();
        next.add(passed);
        go();
        return passed;
    }

    private void go() {
        if (busy || next.isEmpty()) {
            return;
        }
        busy = true;
        List<CompletableFuture<Boolean>> batch = List.copyOf(next);
        next.clear();
        store.sync().whenComplete((snapshot, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> {
                    busy = false;
                    for (CompletableFuture<Boolean> one : batch) {
                        if (failure == null) {
                            one.complete(true);
                        } else {
                            one.completeExceptionally(Requests.cause(failure));
                        }
                    }
                    go();
                });
            }
        });
    }
}
