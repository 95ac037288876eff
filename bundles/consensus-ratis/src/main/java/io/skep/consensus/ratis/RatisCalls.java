package io.skep.consensus.ratis;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads from which Ratis is called: its methods wait for locks, for other threads of it and for the disk, which neither the
 * transport's threads nor the group's own may. Idle threads end.
 */
final class RatisCalls implements Executor, AutoCloseable {
    /** A call of Ratis. */
    @FunctionalInterface
    interface Call<T> {
        CompletableFuture<T> make() throws IOException;
    }

    private static final int THREADS = 8;
    private static final long IDLE_SECONDS = 5;
    private static final long LAST_CALL_SECONDS = 2;

    private final ThreadPoolExecutor pool;
    private final AtomicInteger made = new AtomicInteger();

    RatisCalls(String memberId) {
        pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> daemon(work, "skep-consensus-" + memberId + "-call-" + made.incrementAndGet()),
                (work, closed) -> {});
        pool.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a call; dropped once this is closed. */
    @Override
    public void execute(Runnable call) {
        pool.execute(call);
    }

    /** Makes a call whose answer comes later; an exception that it throws becomes a failure. */
    <T> CompletableFuture<T> compose(Call<T> call) {
        return CompletableFuture.completedFuture(call).thenComposeAsync(RatisCalls::made, this);
    }

    private static <T> CompletableFuture<T> made(Call<T> call) {
        try {
            return call.make();
        } catch (IOException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Lets what runs end, and drops what waits. */
    @Override
    public void close() {
        pool.shutdownNow();
        try {
            pool.awaitTermination(LAST_CALL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
