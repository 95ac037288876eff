package io.skep.cluster.lab;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** One direction of a relay: a thread that reads frames and decides when they arrive, and a thread that lets them arrive. */
final class Direction {
    private static final Impairment NONE = Impairment.loss(0);

    private final Tap from;
    private final Tap to;
    private final Random chance;
    private final DelayQueue<Frame> underWay = new DelayQueue<>();
    private final Thread reader;
    private final Thread writer;
    private volatile Impairment impairment = NONE;

    Direction(Tap from, Tap to, long seed) {
        this.from = from;
        this.to = to;
        this.chance = new Random(seed);
        this.reader = start(this::read);
        this.writer = start(this::write);
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "lab-relay");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    void impair(Impairment next) {
        impairment = next;
    }

    private void read() {
        Optional<ByteBuffer> frame = from.read();
        for (long number = 0; frame.isPresent(); number++) {
            long now = System.nanoTime();
            for (long delay : impairment.fate(chance)) {
                underWay.add(new Frame(frame.get(), now + delay, number));
            }
            frame = from.read();
        }
        writer.interrupt();
    }

    private void write() {
        try {
            while (true) {
                to.write(underWay.take().bytes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until both threads have ended; the interface that is read from must have been deleted. */
    void join() {
        try {
            reader.join();
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a relay ended", e);
        }
    }

    /** A frame, when it arrives, and its place among those that arrive at the same time. */
    private record Frame(ByteBuffer bytes, long at, long number) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Frame frame = (Frame) other;
            int byTime = Long.compare(at - frame.at, 0);
            return byTime != 0 ? byTime : Long.compare(number, frame.number);
        }
    }
}
