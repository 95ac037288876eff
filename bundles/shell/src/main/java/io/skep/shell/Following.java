package io.skep.shell;

import io.skep.api.control.Cluster;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.model.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Follows the cluster on the command's thread, event by event. */
public final class Following {
    private final Parts parts;

    /** Follows through these parts. */
    public Following(Parts parts) {
        this.parts = parts;
    }

    /**
     * Looks at every state until one is as wanted.
     *
     * @param patience after which it gives up
     * @param wanted ends the wait
     * @param each is shown every state before, the last one included
     * @return false when patience ended first
     */
    public boolean until(Duration patience, Predicate<Snapshot> wanted, Consumer<Snapshot> each)
            throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        return events(queue -> {
            while (true) {
                Applied applied = queue.poll(
                        Math.max(0, Duration.between(Instant.now(), end).toMillis()), TimeUnit.MILLISECONDS);
                if (applied == null) {
                    return false;
                }
                each.accept(applied.snapshot());
                if (wanted.test(applied.snapshot())) {
                    return true;
                }
            }
        });
    }

    /** Gives a reader the queue of what is applied, the present state first. */
    public <T> T events(SwarmCommand.Question<BlockingQueue<Applied>, T> reader) throws InterruptedException {
        return parts.call(
                EventLoop.class,
                loop -> parts.call(Cluster.class, cluster -> {
                    try (Scope scope = loop.open("shell")) {
                        BlockingQueue<Applied> queue = new LinkedBlockingQueue<>();
                        cluster.watch(scope, queue::add);
                        return reader.ask(queue);
                    }
                }));
    }
}
