package io.skep.cluster.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Waits for what becomes visible in a swarm: looks again whenever the manager that is watched applied something. */
public final class Watch implements AutoCloseable {
    private final Lines changes;

    private Watch(Lines changes) {
        this.changes = changes;
    }

    /** Watches from now on, so what happens after this call is not missed. The manager must go on. */
    public static Watch of(Host manager) {
        return new Watch(manager.follow("probe:watch"));
    }

    /**
     * Waits until something holds.
     *
     * @param what it is, for the message of the failure
     */
    public void until(String what, Duration patience, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        // the first line says that the watch has begun
        Optional<String> line = changes.next(patience);
        while (line.isPresent() && !holds.getAsBoolean()) {
            line = changes.next(Duration.ofNanos(end - System.nanoTime()));
            // one look sees everything that has come by now
            changes.soFar();
        }
        if (line.isEmpty()) {
            throw new IllegalStateException("after " + patience.toMillis() + " ms it did not hold that " + what);
        }
    }

    @Override
    public void close() {
        changes.close();
    }
}
