package io.skep.kernel;

import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One component's events on the loop thread, and what must be told when the component goes. */
final class LoopScope implements Scope {
    private static final Logger LOG = LoggerFactory.getLogger(LoopScope.class);

    private final String name;
    private final ScheduledThreadPoolExecutor executor;
    private final Clock clock;
    private final Set<Runnable> closing = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    LoopScope(String name, ScheduledThreadPoolExecutor executor, Clock clock) {
        this.name = name;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public void execute(Runnable event) {
        if (closed) {
            throw gone();
        }
        try {
            executor.execute(() -> run(event));
        } catch (RejectedExecutionException e) {
            close();
            throw gone();
        }
    }

    @Override
    public Timer after(Duration delay, Runnable event) {
        if (closed) {
            throw gone();
        }
        Waiting waiting = new Waiting(event);
        waiting.start(delay);
        return waiting;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(closing).forEach(hook -> {
            if (closing.remove(hook)) {
                hook.run();
            }
        });
    }

    /** Runs {@code hook} once when the scope closes, at once if it has; the answer takes it back. */
    Timer whenClosed(Runnable hook) {
        closing.add(hook);
        if (closed && closing.remove(hook)) {
            hook.run();
        }
        return () -> closing.remove(hook);
    }

    /** What callers of a closed scope are told. */
    SkepException gone() {
        return new SkepException(
                ErrorCode.PART_MISSING,
                name + " is stopped; repeat the request when it runs again (bundle:list shows it)");
    }

    private void run(Runnable event) {
        if (closed) {
            return;
        }
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            if (closed && e instanceof SkepException known && known.code() == ErrorCode.PART_MISSING) {
                LOG.debug("{} was stopped in the middle of an event: {}", name, e.getMessage());
                return;
            }
            LOG.error("{} broke a rule of its own and is stopped; restart its bundle and report this", name, e);
            close();
        }
    }

    /** An event that waits for its time; forgotten by the scope as soon as it fired or was cancelled. */
    private final class Waiting implements Timer {
        private final Runnable event;
        private volatile Timer hook = () -> {};
        private volatile boolean over;

        Waiting(Runnable event) {
            this.event = event;
        }

        void start(Duration delay) {
            Future<?> future = executor.schedule(this::fire, delay.toNanos(), TimeUnit.NANOSECONDS);
            Timer taken = whenClosed(() -> future.cancel(false));
            hook = () -> {
                taken.cancel();
                future.cancel(false);
            };
            if (over) {
                hook.cancel();
            }
        }

        private void fire() {
            if (!over) {
                cancel();
                run(event);
            }
        }

        @Override
        public void cancel() {
            over = true;
            hook.cancel();
        }
    }
}
