package io.skep.store;

import io.skep.api.store.Epoch;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** There are no other managers. */
record Nobody() implements Others {
    @Override
    public CompletionStage<Map<String, Report>> ask(Collection<String> nodeIds) {
        return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletionStage<Optional<Epoch>> latest() {
        return CompletableFuture.completedFuture(Optional.empty());
    }
}
