package io.skep.vertical;

import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which everything simulated happens, since the simulations are for one thread. Tests wait here for what should become true: every
 * condition is looked at again whenever something was done.
 */
final class HostThread implements AutoCloseable {
    private final ScheduledExecutorService executor = new ScheduledThreadPoolExecutor(1, this::thread);
    private final List<Awaited> awaited = new CopyOnWriteArrayList<>();

    private volatile @Nullable Thread own;

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "simulated-host");
        thread.setDaemon(true);
        own = thread;
        return thread;
    }

    private record Awaited(BooleanSupplier condition, CompletableFuture<Void> met) {
        boolean look() {
            boolean now = condition.getAsBoolean();
            if (now) {
                met.complete(null);
            }
            return now;
        }
    }

    /** Does something here, and waits for it; a condition that is being looked at, which is here already, does it at once. */
    <T> T call(Callable<T> work) {
        Callable<T> looked = () -> {
            T value = work.call();
            look();
            return value;
        };
        FutureTask<T> done = new FutureTask<>(own == Thread.currentThread() ? work : looked);
        if (own == Thread.currentThread()) {
            done.run();
        } else {
            executor.execute(done);
        }
        try {
            return done.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new AssertionError(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    void run(Runnable work) {
        boolean unused = call(() -> {
            work.run();
            return true;
        });
    }

    /** Does something here later. */
    void later(Runnable work) {
        executor.execute(() -> {
            work.run();
            look();
        });
    }

    /** Something has changed elsewhere. */
    void changed() {
        executor.execute(this::look);
    }

    /** Completes once a condition holds; it is looked at on this thread. */
    CompletableFuture<Void> until(BooleanSupplier condition) {
        Awaited one = new Awaited(condition, new CompletableFuture<>());
        awaited.add(one);
        changed();
        return one.met();
    }

    private void look() {
        awaited.removeIf(Awaited::look);
    }

    /** A scope whose events and timers run here. */
    Scope scope() {
        return new HostScope();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private final class HostScope implements Scope {
        private volatile boolean closed;

        private Runnable unlessClosed(Runnable event) {
            return () -> {
                if (!closed) {
                    event.run();
                    look();
                }
            };
        }

        @Override
        public void execute(Runnable event) {
            executor.execute(unlessClosed(event));
        }

        @Override
        public Timer after(Duration delay, Runnable event) {
            Future<?> future = executor.schedule(unlessClosed(event), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public boolean closed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
