package io.skep.discovery;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What the DNS thread does when an answer does not come; used by that thread alone. */
final class Deadlines {
    private final PriorityQueue<Deadline> waiting = new PriorityQueue<>(Comparator.comparingLong(Deadline::at));

    /** A moment, in nanoseconds since the thread began, and what happens then. */
    static final class Deadline {
        private final long at;
        private final Runnable action;

        private Deadline(long at, Runnable action) {
            this.at = at;
            this.action = action;
        }

        private long at() {
            return at;
        }
    }

    private final long began = System.nanoTime();

    Deadline after(Duration delay, Runnable action) {
        Deadline deadline = new Deadline(now() + delay.toNanos(), action);
        waiting.add(deadline);
        return deadline;
    }

    void cancel(Deadline deadline) {
        waiting.remove(deadline);
    }

    /** Does what is due. */
    void run() {
        for (Deadline next = waiting.peek(); next != null && next.at() <= now(); next = waiting.peek()) {
            waiting.remove();
            next.action.run();
        }
    }

    /** Milliseconds until the next one, at least 1; zero when there is none. */
    long untilNext() {
        Deadline next = waiting.peek();
        return next == null ? 0 : Math.max(1, (next.at() - now()) / 1_000_000 + 1);
    }

    private long now() {
        return System.nanoTime() - began;
    }
}
