package io.skep.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.zip.CRC32;

/** Everything that will happen, in virtual time; what is due at the same time comes in an order that the seed decides. */
final class Timeline {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final Random random;
    private final PriorityQueue<Happening> coming = new PriorityQueue<>(
            Comparator.comparing(Happening::at).thenComparing(Happening::tie).thenComparing(Happening::number));
    private final CRC32 trace = new CRC32();
    private Instant now = START;
    private long numbered;
    private long happened;
    private boolean dirty;

    private record Happening(Instant at, long tie, long number, Runnable work) {}

    Timeline(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    Instant now() {
        return now;
    }

    void at(Instant when, Runnable work) {
        coming.add(new Happening(when.isBefore(now) ? now : when, random.nextLong(), ++numbered, work));
    }

    void after(Duration delay, Runnable work) {
        at(now.plus(delay), work);
    }

    /** A duration up to this one. */
    Duration upTo(Duration most) {
        return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** One of them, whichever. */
    <T> Optional<T> any(Collection<T> of) {
        List<T> list = List.copyOf(of);
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
    }

    /** Lets the next thing happen, unless it comes only after a time. */
    boolean step(Instant until) {
        Happening next = coming.peek();
        if (next == null || next.at().isAfter(until)) {
            now = until;
            return false;
        }
        coming.remove();
        now = next.at();
        happened++;
        next.work().run();
        dirty = true;
        return true;
    }

    /** Adds to what is compared between two runs of a seed. */
    void note(String what) {
        if (dirty) {
            trace.update((now.toString() + "#" + happened).getBytes(StandardCharsets.UTF_8));
            dirty = false;
        }
        trace.update(what.getBytes(StandardCharsets.UTF_8));
    }

    String trace() {
        return happened + "-" + Long.toHexString(trace.getValue());
    }
}
