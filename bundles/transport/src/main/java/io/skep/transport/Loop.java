package io.skep.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns all connections, and beside it one, mostly idle, that computes handshakes: a key exchange takes milliseconds, for
 * which no heartbeat is to wait. Other threads only hand tasks over and touch nothing else of Netty, whose thread locals would keep
 * this bundle's classes in memory.
 */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final int IDLE_SECONDS = 2;
    private static final int PAGE = 8 * 1024;
    /** Doublings of a page that make what is taken from the system at a time: 512 KiB. */
    private static final int CHUNK_ORDER = 6;

    /** So many buffers of a size are kept at hand by the thread. */
    private static final int SMALL_CACHE = 64;

    private static final int NORMAL_CACHE = 32;

    private final EventLoop events;
    private final ThreadPoolExecutor handshakes;
    private final ByteBufAllocator allocator =
            new PooledByteBufAllocator(false, 1, 1, PAGE, CHUNK_ORDER, SMALL_CACHE, NORMAL_CACHE, false);
    private final Set<Channel> channels = new HashSet<>();
    private boolean closing;

    Loop(String name) {
        ThreadFactory threads = task -> thread(task, name);
        events = new SingleThreadIoEventLoop(null, threads, NioIoHandler.newFactory());
        handshakes = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> thread(task, name + "-tls"));
        handshakes.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new FastThreadLocalThread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    EventLoop events() {
        return events;
    }

    Executor handshakes() {
        return handshakes;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    /** Runs {@code task} on the loop, now when this is its thread; false when the loop has ended. */
    boolean run(Runnable task) {
        return run(events, task);
    }

    static boolean run(EventLoop events, Runnable task) {
        if (events.inEventLoop()) {
            task.run();
            return true;
        }
        return post(events, task);
    }

    /** Runs {@code task} on the loop, never now: whoever asks again as soon as an answer fails does not call itself for ever. */
    boolean post(Runnable task) {
        return post(events, task);
    }

    private static boolean post(EventLoop events, Runnable task) {
        try {
            events.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("the transport has stopped; something came too late");
            return false;
        }
    }

    /** Runs {@code task} beside the loop; dropped when it has ended. */
    void offload(Runnable task) {
        try {
            handshakes.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the transport has stopped; something came too late");
        }
    }

    /** Notes a channel, so that it does not outlive the loop. Event loop only. */
    void own(Channel channel) {
        channels.add(channel);
        if (closing) {
            closeChannels();
        }
        var unused = channel.closeFuture().addListener(closed -> channels.remove(channel));
    }

    /** Netty's own shutdown overlooks channels when it comes at the wrong moment. */
    private void closeChannels() {
        for (Channel channel : List.copyOf(channels)) {
            var unused = channel.close();
            channel.unsafe().close(channel.voidPromise());
        }
    }

    /** Ends both threads; returns when they have ended, unless it is called on one of them. */
    @Override
    public void close() {
        CompletableFuture<Boolean> channelsClosed = new CompletableFuture<>();
        run(() -> {
            closing = true;
            closeChannels();
            channelsClosed.complete(true);
        });
        if (events.inEventLoop()) {
            shutDown();
            return;
        }
        channelsClosed
                .completeOnTimeout(false, LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        shutDown();
        awaitEnd();
    }

    private void shutDown() {
        var unused = events.shutdownGracefully(0, LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        handshakes.shutdownNow();
    }

    private void awaitEnd() {
        try {
            boolean ended = events.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
                    && handshakes.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                LOG.warn("a thread of the transport did not end; it ends with what it is doing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
