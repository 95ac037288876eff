package io.skep.shell;

import io.skep.api.control.Cluster;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.model.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
        return events(events -> {
            while (true) {
                Optional<Applied> applied = events.poll(Duration.between(Instant.now(), end));
                if (applied.isEmpty()) {
                    return false;
                }
                each.accept(applied.get().snapshot());
                if (wanted.test(applied.get().snapshot())) {
                    return true;
                }
            }
        });
    }

    /** Gives a reader what is applied, the present state first; it ends with {@code PART_MISSING} when the manager goes. */
    public <T> T events(SwarmCommand.Question<Events, T> reader) throws InterruptedException {
        return parts.call(
                EventLoop.class,
                loop -> parts.call(Cluster.class, cluster -> {
                    Events events = new Events();
                    Runnable unwatch = parts.whenGone(Cluster.class, cluster, events::end);
                    try (Scope scope = loop.open("shell")) {
                        cluster.watch(scope, events::add);
                        return reader.ask(events);
                    } finally {
                        unwatch.run();
                    }
                }));
    }
}
