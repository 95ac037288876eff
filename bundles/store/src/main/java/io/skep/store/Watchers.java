package io.skep.store;

import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.model.SkepException;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Those who follow the state, each in its own scope of the loop. */
final class Watchers {
    private final Scope scope;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** @param scope of the store */
    Watchers(Scope scope) {
        this.scope = scope;
    }

    /** Registers first and tells the present state afterwards, so that nothing falls between; what the watcher has seen by then is dropped. */
    Store.Watch add(Scope owner, Consumer<Applied> consumer, Supplier<Snapshot> present) {
        // A quiet swarm reports nothing for long: whoever has gone in the meantime would be held, with all its classes,
        // until then.
        watchers.removeIf(Watcher::gone);
        Watcher watcher = new Watcher(owner, consumer);
        watchers.add(watcher);
        watcher.post(List.of(new Applied(present.get(), List.of())));
        return () -> watchers.remove(watcher);
    }

    /** How many follow. */
    int count() {
        return watchers.size();
    }

    /** Brings it to the loop once and hands it out there: to wake the loop for each watcher costs more than the rest of it. */
    void report(List<Applied> news) {
        try {
            scope.execute(() -> watchers.removeIf(watcher -> !watcher.post(news)));
        } catch (SkepException closed) {
            // The store was stopped, and nobody follows it any more.
        }
    }

    /** One follower; its fields belong to the loop thread. */
    private static final class Watcher {
        private final Scope owner;
        private final Consumer<Applied> consumer;
        private long seen = -1;

        Watcher(Scope owner, Consumer<Applied> consumer) {
            this.owner = owner;
            this.consumer = consumer;
        }

        boolean gone() {
            return owner.closed();
        }

        boolean post(List<Applied> news) {
            try {
                owner.execute(() -> news.forEach(this::deliver));
                return true;
            } catch (SkepException closed) {
                return false;
            }
        }

        /** A gap cannot be bridged by the changes of one transaction: then the watcher looks at everything. */
        private void deliver(Applied applied) {
            long version = applied.snapshot().version();
            if (version > seen && !owner.closed()) {
                boolean next = version == seen + 1;
                seen = version;
                consumer.accept(next ? applied : new Applied(applied.snapshot(), List.of()));
            }
        }
    }
}
