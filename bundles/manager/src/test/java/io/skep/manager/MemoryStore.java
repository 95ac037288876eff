package io.skep.manager;

import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A store of one manager in memory, which commits at once or, when it is told to hold, as soon as the test lets it. */
final class MemoryStore implements Store {
    private final List<Consumer<Applied>> watchers = new ArrayList<>();
    private final List<Consumer<Leadership>> followers = new ArrayList<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private final Set<String> requests = new HashSet<>();
    private Leadership leadership = new Leadership(0, Optional.empty(), false);
    private Snapshot snapshot = Snapshot.empty();
    private boolean holding;

    /** Writes rows, as some earlier transaction did. */
    void write(Change... changes) {
        apply(new Transaction("", 0, List.of(changes)));
    }

    void lead(long term) {
        change(new Leadership(term, Optional.of("member"), true));
    }

    /** Another member leads. */
    void follow(long term, String member) {
        change(new Leadership(term, Optional.of(member), false));
    }

    void loseLead() {
        change(new Leadership(leadership.term(), Optional.empty(), false));
    }

    private void change(Leadership now) {
        leadership = now;
        List.copyOf(followers).forEach(follower -> follower.accept(now));
    }

    /** Lets commits wait for {@link #release}. */
    void hold() {
        holding = true;
    }

    void release() {
        holding = false;
        while (!held.isEmpty()) {
            held.remove().run();
        }
    }

    /** What was asked to be committed, applied or not. */
    List<Transaction> transactions() {
        return transactions;
    }

    int watching() {
        return watchers.size() + followers.size();
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public CompletionStage<Snapshot> sync() {
        return CompletableFuture.completedFuture(snapshot);
    }

    @Override
    public CompletionStage<Snapshot> commit(Transaction transaction) {
        transactions.add(transaction);
        CompletableFuture<Snapshot> done = new CompletableFuture<>();
        Runnable carryOut = () -> {
            try {
                apply(transaction);
                done.complete(snapshot);
            } catch (SkepException refused) {
                done.completeExceptionally(refused);
            }
        };
        if (holding) {
            held.add(carryOut);
        } else {
            carryOut.run();
        }
        return done;
    }

    private void apply(Transaction transaction) {
        if (requests.contains(transaction.requestId())) {
            return;
        }
        if (transaction.term() != 0 && transaction.term() < leadership.term()) {
            throw new SkepException(ErrorCode.DEPOSED, "term " + transaction.term() + " is over");
        }
        Optional<Change> conflict = snapshot.conflict(transaction.changes());
        if (conflict.isPresent()) {
            throw new SkepException(ErrorCode.OUT_OF_SEQUENCE, "update out of sequence: " + conflict.get());
        }
        snapshot = snapshot.apply(transaction.changes());
        if (!transaction.requestId().isEmpty()) {
            requests.add(transaction.requestId());
        }
        Applied applied = new Applied(snapshot, transaction.changes());
        List.copyOf(watchers).forEach(watcher -> watcher.accept(applied));
    }

    @Override
    public boolean applied(String requestId) {
        return requests.contains(requestId);
    }

    @Override
    public Watch watch(Scope owner, Consumer<Applied> watcher) {
        return add(watchers, owner, watcher, new Applied(snapshot, List.of()));
    }

    @Override
    public Leadership leadership() {
        return leadership;
    }

    @Override
    public Watch onLeadership(Scope owner, Consumer<Leadership> watcher) {
        return add(followers, owner, watcher, leadership);
    }

    private static <T> Watch add(List<Consumer<T>> all, Scope owner, Consumer<T> watcher, T present) {
        Consumer<T> inOwner = news -> {
            if (!owner.closed()) {
                owner.execute(() -> watcher.accept(news));
            }
        };
        all.add(inOwner);
        inOwner.accept(present);
        return () -> all.remove(inOwner);
    }
}
