package io.skep.gossip.atomix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One selector thread that owns every socket and table of the engine, so that none of them needs a lock. */
final class Reactor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reactor.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(Alarm::due));
    private final Thread thread;
    private final Runnable turnEnd;
    private volatile boolean closing;

    /** Called when a socket can be used; an exception closes that socket. */
    @FunctionalInterface
    interface Ready {
        void ready(SelectionKey key) throws IOException;
    }

    /** A task that waits for its time, in nanoseconds of {@link System#nanoTime}. */
    static final class Alarm {
        private final long due;
        private final Runnable task;
        private boolean cancelled;

        private Alarm(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        long due() {
            return due;
        }

        /** Called on the reactor's thread. */
        void cancel() {
            cancelled = true;
        }
    }

    /**
     * @param turnEnd runs after every round of events, so that many changes make one report
     */
    Reactor(String name, Runnable turnEnd) {
        this.turnEnd = turnEnd;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Runs {@code task} on the reactor's thread; dropped once it closes. Any thread. */
    void execute(Runnable task) {
        if (!closing) {
            tasks.add(task);
            if (Thread.currentThread() != thread) {
                selector.wakeup();
            }
        }
    }

    /** Runs {@code task} once {@code delay} has passed. Reactor's thread, or before the start. */
    Alarm after(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(System.nanoTime() + delay.toNanos(), task);
        alarms.add(alarm);
        return alarm;
    }

    /** Runs {@code task} again and again, the first time after one {@code interval}. Reactor's thread, or before the start. */
    void every(Duration interval, Runnable task) {
        after(interval, () -> {
            every(interval, task);
            task.run();
        });
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, ready);
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(this::use, timeoutMillis());
                drainTasks();
                ring();
                guarded(turnEnd);
            }
        } catch (IOException e) {
            LOG.error("gossip stopped: its selector failed; restart the bundle", e);
        } finally {
            drainTasks(); // what was asked for before the end, such as a last statement
            release();
        }
    }

    /** Milliseconds until the next alarm; 0, which waits for ever, when there is none. */
    private long timeoutMillis() {
        if (!tasks.isEmpty()) {
            return 1;
        }
        Alarm next = alarms.peek();
        return next == null ? 0 : Math.max(1, (next.due - System.nanoTime() + 999_999) / 1_000_000);
    }

    private void use(SelectionKey key) {
        try {
            if (key.isValid()) {
                ((Ready) key.attachment()).ready(key);
            }
        } catch (IOException e) {
            LOG.debug("closing a gossip socket", e);
            closeQuietly(key.channel());
        } catch (RuntimeException e) {
            LOG.error("gossip failed at a socket", e);
        }
    }

    private void drainTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    /** After the sockets were read: an answer that came during a pause of this process is seen before its time-out. */
    private void ring() {
        long now = System.nanoTime();
        for (Alarm next = alarms.peek(); next != null && next.due - now <= 0; next = alarms.peek()) {
            alarms.remove();
            if (!next.cancelled) {
                guarded(next.task);
            }
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("gossip failed in a task", e);
        }
    }

    private void release() {
        closing = true;
        selector.keys().forEach(key -> closeQuietly(key.channel()));
        closeQuietly(selector);
        tasks.clear();
        alarms.clear();
    }

    static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("closing {}", resource, e);
        }
    }

    /** Stops the thread and frees every port before it returns, unless it is called on the reactor's own thread. */
    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            release();
            return;
        }
        selector.wakeup();
        Threads.join(thread, LONGEST_CLOSE);
    }
}
