package io.skep.cluster.crowd;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many containers of a crowd run, for those who wait for a number. Thread-safe. */
final class Census {
    private final AtomicInteger running = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();

    void started() {
        tell(running.incrementAndGet());
    }

    void ended() {
        tell(running.decrementAndGet());
    }

    private void tell(int now) {
        CompletableFuture<Boolean> reached = awaited.remove(now);
        if (reached != null) {
            reached.complete(true);
        }
    }

    /** Blocks until so many run. */
    void await(int number) {
        CompletableFuture<Boolean> reached = awaited.computeIfAbsent(number, any -> new CompletableFuture<>());
        if (running.get() == number) {
            reached.complete(true);
        }
        reached.join();
        awaited.remove(number, reached);
    }
}
