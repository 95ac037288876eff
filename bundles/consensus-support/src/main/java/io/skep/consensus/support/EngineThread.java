package io.skep.consensus.support;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one thread on which a group keeps its own books, apart from Atomix's, so that a slow disk delays no deadline. */
public final class EngineThread implements AutoCloseable {
    private static final long LAST_WORK_MILLIS = 10_000;

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    public EngineThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, work -> named(work, name), (work, closed) -> {});
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private Thread named(Runnable work, String name) {
        Thread made = new Thread(work, name);
        thread = made;
        return made;
    }

    /** Runs work after what was given before; dropped once the thread is closed. */
    public void execute(Runnable work) {
        executor.execute(work);
    }

    /** Runs work once a delay has passed; returns what cancels it. */
    public Runnable after(Duration delay, Runnable work) {
        ScheduledFuture<?> timer = executor.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    /** Fails a future that is not complete when a delay has passed. */
    public <T> CompletableFuture<T> limit(
            CompletableFuture<T> future, Duration delay, Supplier<? extends Throwable> failure) {
        Runnable cancel = after(delay, () -> future.completeExceptionally(failure.get()));
        return future.whenComplete((value, error) -> cancel.run());
    }

    /**
     * Runs what was given before, then ends the thread and waits for its end unless called on it. Who closes may have been interrupted itself, as
     * whoever works for a scope that is closed; what an engine has half opened is put in order all the same.
     */
    @Override
    public void close() {
        executor.shutdown();
        Thread last = thread;
        if (last != null && last != Thread.currentThread()) {
            join(last);
            executor.shutdownNow();
        }
    }

    private static void join(Thread last) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WORK_MILLIS);
        boolean interrupted = Thread.interrupted();
        long left = LAST_WORK_MILLIS;
        while (left > 0 && last.isAlive()) {
            try {
                last.join(left);
            } catch (InterruptedException later) {
                interrupted = true;
            }
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
