package io.skep.agent.logs;

import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.contracts.kernel.ManualLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The loop of a test for code with threads of its own: what those give to it waits until the test's thread takes it over. */
final class Handover implements EventLoop {
    private static final long SECONDS = 60;

    final ManualLoop loop = new ManualLoop();
    private final BlockingQueue<Runnable> given = new LinkedBlockingQueue<>();
    private final Thread owner = Thread.currentThread();

    /** Takes over what threads give until something holds. */
    void until(BooleanSupplier holds) {
        loop.settle();
        while (!holds.getAsBoolean()) {
            takeOver();
        }
    }

    /** Waits for the next that a thread gives, and takes it over. */
    void takeOver() {
        try {
            Runnable next = given.poll(SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + SECONDS + " s");
            }
            next.run();
            loop.settle();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public Scope open(String name) {
        Scope scope = loop.open(name);
        return new Scope() {
            @Override
            public void execute(Runnable event) {
                if (Thread.currentThread() == owner) {
                    scope.execute(event);
                } else {
                    given.add(() -> executeUnlessClosed(event));
                }
            }

            private void executeUnlessClosed(Runnable event) {
                if (!scope.closed()) {
                    scope.execute(event);
                }
            }

            @Override
            public Timer after(Duration delay, Runnable event) {
                return scope.after(delay, event);
            }

            @Override
            public Instant now() {
                return scope.now();
            }

            @Override
            public boolean closed() {
                return scope.closed();
            }

            @Override
            public void close() {
                scope.close();
            }
        };
    }

    @Override
    public boolean inLoop() {
        return loop.inLoop();
    }
}
