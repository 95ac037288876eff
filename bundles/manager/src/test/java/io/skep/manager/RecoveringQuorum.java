package io.skep.manager;

import io.skep.api.store.Epoch;
import io.skep.api.store.Quorum;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A quorum of one, which says how it would recover. */
final class RecoveringQuorum implements Quorum {
    private static final Epoch EPOCH = new Epoch(1, "simulated", "swarm", List.of("m1:1"));

    private Function<Snapshot, List<Change>> plan = snapshot -> List.of();

    /** The changes with which it would recover from this state. */
    List<Change> recovery(Snapshot snapshot) {
        return plan.apply(snapshot);
    }

    @Override
    public List<String> members() {
        return EPOCH.founders();
    }

    @Override
    public CompletionStage<Void> add(String memberId) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> remove(String memberId) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> transfer(String memberId) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Epoch epoch() {
        return EPOCH;
    }

    @Override
    public CompletionStage<Epoch> move(String engine) {
        return CompletableFuture.completedFuture(new Epoch(2, engine, "next", EPOCH.founders()));
    }

    @Override
    public CompletionStage<Epoch> recover(Function<Snapshot, List<Change>> wanted) {
        plan = wanted;
        return CompletableFuture.completedFuture(new Epoch(2, "simulated", "alone", EPOCH.founders()));
    }
}
