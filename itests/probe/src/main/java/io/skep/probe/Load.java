package io.skep.probe;

import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.Sensitive;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Writes to the store as fast as it acknowledges: so many writers, each with one row of a kilobyte that it writes again and again. In the end it says
 *
 * <pre>
 * writes COUNT seconds SECONDS failed COUNT median MICROS p99 MICROS longest-gap MILLIS lost COUNT
 * </pre>
 *
 * where those writers have lost something whose row is older than the last that was acknowledged to them.
 */
final class Load {
    private static final int BYTES = 1000;
    /** Not the common pool: on two processors that of JDK 17 was seen to end its only thread with tasks that waited. */
    private final ExecutorService again = Executors.newSingleThreadExecutor();

    private final Store store;
    private final int writers;
    private final long end;
    private final Queue<Long> done = new ConcurrentLinkedQueue<>();
    private final Queue<Long> times = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();

    private Load(Store store, int writers, Duration duration) {
        this.store = store;
        this.writers = writers;
        end = System.nanoTime() + duration.toNanos();
    }

    /** Takes the words {@code WRITERS SECONDS}. */
    static String run(BundleContext context, String words) {
        String[] numbers = words.strip().split(" ", -1);
        ServiceReference<Store> reference = context.getServiceReference(Store.class);
        if (reference == null) {
            throw new IllegalStateException("this node has no store");
        }
        try {
            Duration duration = Duration.ofSeconds(Long.parseLong(numbers[1]));
            return new Load(context.getService(reference), Integer.parseInt(numbers[0]), duration).run();
        } finally {
            context.ungetService(reference);
        }
    }

    private String run() {
        long begin = System.nanoTime();
        try {
            CompletableFuture.allOf(
                            IntStream.range(0, writers).mapToObj(this::write).toArray(CompletableFuture<?>[]::new))
                    .join();
        } finally {
            again.shutdown();
        }
        return report(begin, lost(store.sync().toCompletableFuture().join()));
    }

    private long lost(Snapshot snapshot) {
        return acknowledged.entrySet().stream()
                .filter(one -> snapshot.find(Table.CONFIGS, id(one.getKey()))
                        .filter(row -> number(row) >= one.getValue())
                        .isEmpty())
                .count();
    }

    private static long number(Config row) {
        return Long.parseLong(row.data().value().replaceFirst("x+$", ""));
    }

    private CompletableFuture<Void> write(int writer) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        write(writer, over);
        return over;
    }

    private void write(int writer, CompletableFuture<Void> over) {
        long from = System.nanoTime();
        if (from >= end) {
            over.complete(null);
            return;
        }
        store.commit(new Transaction("", 0, List.of(new Change.Put<>(Table.CONFIGS, row(writer, from), Change.ANY))))
                .whenComplete((snapshot, failure) -> {
                    if (failure == null) {
                        long to = System.nanoTime();
                        done.add(to);
                        times.add(to - from);
                        acknowledged.put(writer, from);
                    } else {
                        failures.add(String.valueOf(failure.getMessage()));
                    }
                    // on another thread: an answer that is there at once must not call this again and again
                    again.execute(() -> write(writer, over));
                });
    }

    private static String id(int writer) {
        return "probe-load-" + writer;
    }

    private static Config row(int writer, long number) {
        String id = id(writer);
        return new Config(
                id,
                Instant.EPOCH,
                Instant.EPOCH,
                new DataSpec(id, Map.of()),
                new Sensitive(number + "x".repeat(BYTES)));
    }

    private String report(long begin, long lost) {
        List<Long> ends = new ArrayList<>(done);
        ends.sort(null);
        long gap = 0;
        long last = begin;
        for (long one : ends) {
            gap = Math.max(gap, one - last);
            last = one;
        }
        long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return "writes %d seconds %.2f failed %d median %d p99 %d longest-gap %d lost %d%s"
                .formatted(
                        sorted.length,
                        (last - begin) / 1e9,
                        failures.size(),
                        sorted.length == 0 ? 0 : sorted[sorted.length / 2] / 1000,
                        sorted.length == 0 ? 0 : sorted[sorted.length * 99 / 100] / 1000,
                        gap / 1_000_000,
                        lost,
                        failures.isEmpty() ? "" : " such as: " + failures.peek());
    }
}
