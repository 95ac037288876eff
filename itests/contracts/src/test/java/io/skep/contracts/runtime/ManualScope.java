package io.skep.contracts.runtime;

import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A scope whose time a test moves. */
final class ManualScope implements Scope {
    private final TreeMap<Instant, Runnable> events = new TreeMap<>();
    private final Clock clock;
    private boolean closed;

    /** The time, which goes on when a scope is closed and another opened. */
    static final class Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    }

    ManualScope(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void execute(Runnable event) {
        after(Duration.ZERO, event);
    }

    @Override
    public Timer after(Duration delay, Runnable event) {
        Instant at = clock.now.plus(delay);
        while (events.containsKey(at)) {
            at = at.plusNanos(1);
        }
        events.put(at, event);
        Instant key = at;
        return () -> events.remove(key);
    }

    /** Lets time pass and runs what is due. */
    void pass(Duration time) {
        Instant until = clock.now.plus(time);
        while (!events.isEmpty() && !events.firstKey().isAfter(until)) {
            Map.Entry<Instant, Runnable> due = events.pollFirstEntry();
            clock.now = clock.now.isAfter(due.getKey()) ? clock.now : due.getKey();
            due.getValue().run();
        }
        clock.now = until;
    }

    @Override
    public Instant now() {
        return clock.now;
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        events.clear();
    }
}
