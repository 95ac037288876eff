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
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** Registers first and tells the present state afterwards, so that nothing falls between; what the watcher has seen by then is dropped. */
    Store.Watch add(Scope owner, Consumer<Applied> consumer, Supplier<Snapshot> present) {
        // A quiet swarm reports nothing for long: whoever has gone in the meantime would be held, with all its classes,
        // until then.
        watchers.removeIf(Watcher::gone);
        Watcher watcher = new Watcher(owner, consumer);
        watchers.add(watcher);
        watcher.post(new Applied(present.get(), List.of()));
        return () -> watchers.remove(watcher);
    }

    /** How many follow. */
    int count() {
        return watchers.size();
    }

    void report(Applied applied) {
        watchers.removeIf(watcher -> !watcher.post(applied));
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

        boolean post(Applied applied) {
            try {
                owner.execute(() -> deliver(applied));
                return true;
            } catch (SkepException closed) {
                return false;
            }
        }

        /** A gap cannot be bridged by the changes of one transaction: then the watcher looks at everything. */
        private void deliver(Applied applied) {
            long version = applied.snapshot().version();
            if (version > seen) {
                boolean next = version == seen + 1;
                seen = version;
                consumer.accept(next ? applied : new Applied(applied.snapshot(), List.of()));
            }
        }
    }
}
