package io.skep.contracts.gossip;

import io.skep.api.gossip.Gossip.Change;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits in real time for what a node reports: the listener of every node of a {@link GossipSwarm} with real sockets. */
public final class ChangeSignal implements Consumer<Change> {
    private final Semaphore reports = new Semaphore(0);

    @Override
    public void accept(Change change) {
        lookAgain();
    }

    /** As {@link GossipSwarm#lookAgain}. */
    public void lookAgain() {
        reports.release();
    }

    /** As {@link GossipSwarm#until}. */
    public boolean until(BooleanSupplier condition, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                reports.drainPermits();
                if (condition.getAsBoolean()) {
                    return true;
                }
                if (!reports.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return condition.getAsBoolean();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
