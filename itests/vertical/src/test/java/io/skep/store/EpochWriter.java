package io.skep.store;

import io.skep.api.store.Transaction;
import io.skep.model.ErrorKind;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes one row after another, and repeats under the same request id what it was told to repeat. */
final class EpochWriter {
    private final String name;
    private final EpochManager manager;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean ending;
    private volatile Duration longest = Duration.ZERO;
    private volatile CompletionStage<Boolean> work = CompletableFuture.completedFuture(true);

    private record Waiter(int count, CompletableFuture<Boolean> reached) {}

    EpochWriter(String name, EpochManager manager) {
        this.name = name;
        this.manager = manager;
    }

    EpochWriter begin() {
        work = next(0);
        return this;
    }

    private CompletionStage<Boolean> next(int number) {
        long began = System.nanoTime();
        String row = name + "-" + number;
        return write(row).thenComposeAsync(version -> {
            acknowledged.add(row);
            waiting.removeIf(waiter ->
                    waiter.count() <= acknowledged.size() && waiter.reached().complete(true));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            longest = took.compareTo(longest) > 0 ? took : longest;
            return ending ? CompletableFuture.completedFuture(true) : next(number + 1);
        });
    }

    private CompletionStage<Snapshot> write(String row) {
        return manager.store().commit(transaction(row)).exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            boolean again = cause instanceof SkepException known && known.code().kind() == ErrorKind.UNAVAILABLE;
            return again ? manager.later().thenCompose(now -> write(row)) : CompletableFuture.failedFuture(cause);
        });
    }

    static Transaction transaction(String row) {
        Network network =
                new Network(row, Instant.EPOCH, NetworkSpec.of("net-" + row), "10.0.0.0/24", "10.0.0.1", 0, false);
        return new Transaction("request-" + row, 0, List.of(new Change.Put<>(Table.NETWORKS, network, Change.ABSENT)));
    }

    /** Completes when so many more writes are answered. */
    CompletionStage<Boolean> more(int count) {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        waiting.add(new Waiter(acknowledged.size() + count, reached));
        return reached;
    }

    /** Completes when the last write is answered. */
    CompletionStage<Boolean> end() {
        ending = true;
        return work;
    }

    Duration longest() {
        return longest;
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }
}
