package io.skep.gossip.atomix;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for threads to end, so that a closed engine leaves none behind. */
final class Threads {
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

    private Threads() {}

    /** Waits for {@code thread} to end; returns at once on that thread itself. */
    static void join(Thread thread, Duration longest) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn(
                    "thread {} did not end within {} s; it ends with what it is doing",
                    thread.getName(),
                    longest.toSeconds());
        }
    }
}
