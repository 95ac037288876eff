package io.skep.contracts.kernel;

import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A loop and its effects on the test's own thread: nothing happens until the test says so, so that every order of events can be tried. Keeps
 * the rules of the kernel: events in order, nothing of a closed scope runs, effects of a closed scope fail with {@code PART_MISSING}. An exception
 * that escapes from an event fails the test.
 */
public final class ManualLoop implements EventLoop, Effects {
    private final Deque<Event> events = new ArrayDeque<>();
    private final List<Timed> timers = new ArrayList<>();
    private final Deque<Effect<?>> effects = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long numbered;
    private boolean inLoop;

    private record Event(ManualScope scope, Runnable work) {}

    private record Timed(Instant at, long number, Event event) {}

    private record Effect<T>(ManualScope scope, Callable<T> work, CompletableFuture<T> result) {
        void perform() {
            try {
                T value = work.call();
                scope.executeUnlessClosed(() -> result.complete(value));
            } catch (Exception failure) {
                scope.executeUnlessClosed(() -> result.completeExceptionally(failure));
            }
        }
    }

    @Override
    public Scope open(String name) {
        return new ManualScope(name);
    }

    @Override
    public boolean inLoop() {
        return inLoop;
    }

    @Override
    public <T> CompletionStage<T> run(Scope owner, Callable<T> work) {
        Effect<T> effect = new Effect<>((ManualScope) owner, work, new CompletableFuture<>());
        if (owner.closed()) {
            effect.result().completeExceptionally(effect.scope().gone());
        } else {
            effects.add(effect);
        }
        return effect.result();
    }

    /** The time of this loop. */
    public Instant now() {
        return now;
    }

    /** Runs the events that are due and those that they cause; effects wait. */
    public void drain() {
        Event event = next();
        while (event != null) {
            event.scope().perform(event.work());
            event = next();
        }
    }

    /** How many effects wait. */
    public int effects() {
        return effects.size();
    }

    /** Performs the effect that has waited longest, and the events that it causes. */
    public void effect() {
        effects.remove().perform();
        drain();
    }

    /** Lets the effect that has waited longest wait behind all others. */
    public void delayEffect() {
        effects.add(effects.remove());
    }

    /** Runs events and effects until nothing is left but timers. */
    public void settle() {
        drain();
        while (!effects.isEmpty()) {
            effect();
        }
    }

    /** Lets time pass, settling at every timer on the way. */
    public void pass(Duration time) {
        Instant until = now.plus(time);
        settle();
        while (timers.stream().anyMatch(timer -> !timer.at().isAfter(until))) {
            Timed first = timers.stream()
                    .min(Comparator.comparing(Timed::at).thenComparing(Timed::number))
                    .orElseThrow();
            now = first.at().isAfter(now) ? first.at() : now;
            settle();
        }
        now = until;
    }

    /** Lets time pass in which nothing runs, as when the process is stopped and goes on; timers that were due run afterwards. */
    public void skip(Duration time) {
        now = now.plus(time);
    }

    private @Nullable Event next() {
        Event event = events.poll();
        if (event == null) {
            Timed due = timers.stream()
                    .filter(timer -> !timer.at().isAfter(now))
                    .min(Comparator.comparing(Timed::at).thenComparing(Timed::number))
                    .orElse(null);
            timers.remove(due);
            event = due == null ? null : due.event();
        }
        return event;
    }

    /** One scope of this loop. */
    private final class ManualScope implements Scope {
        private final String name;
        private boolean closed;

        ManualScope(String name) {
            this.name = name;
        }

        void perform(Runnable work) {
            if (!closed) {
                inLoop = true;
                try {
                    work.run();
                } finally {
                    inLoop = false;
                }
            }
        }

        @Override
        public void execute(Runnable event) {
            if (closed) {
                throw gone();
            }
            events.add(new Event(this, event));
        }

        void executeUnlessClosed(Runnable event) {
            if (!closed) {
                execute(event);
            }
        }

        @Override
        public Timer after(Duration delay, Runnable event) {
            if (closed) {
                throw gone();
            }
            Timed timed = new Timed(now.plus(delay), ++numbered, new Event(this, event));
            timers.add(timed);
            return () -> timers.remove(timed);
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public boolean closed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
            events.removeIf(event -> event.scope() == this);
            timers.removeIf(timer -> timer.event().scope() == this);
            List<Effect<?>> held =
                    effects.stream().filter(effect -> effect.scope() == this).toList();
            effects.removeAll(held);
            held.forEach(effect -> effect.result().completeExceptionally(gone()));
        }

        SkepException gone() {
            return new SkepException(ErrorCode.PART_MISSING, name + " is stopped; repeat when it runs again");
        }
    }
}
