package io.skep.itests.karaf;

import io.skep.api.control.Cluster;
import io.skep.api.identity.Addresses;
import io.skep.api.identity.Identity;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.Service;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The swarm of the node under test: asks it, and waits for its events. */
final class Swarm {
    private final Services services;

    Swarm(Services services) {
        this.services = services;
    }

    /** Founds the swarm unless an earlier test did; waits until it answers. */
    void found() throws Exception {
        boolean founded = services.with(Identity.class, identity -> identity.current()
                .or(() -> Optional.of(identity.init(new Addresses(Optional.of("127.0.0.1"), Optional.empty()))))
                .isPresent());
        if (!founded) {
            throw new AssertionError("the node is in no swarm");
        }
        await(
                "the swarm's own row",
                snapshot -> snapshot.swarm().isPresent()
                        && !snapshot.all(Table.NODES).isEmpty());
    }

    /** The state with everything that was acknowledged. */
    Snapshot read() throws Exception {
        return services.with(Cluster.class, cluster -> answer(cluster.read()));
    }

    Service service(String name) throws Exception {
        return read().serviceNamed(name).orElseThrow(() -> new AssertionError("there is no service " + name));
    }

    /** Waits, event by event, for a state. */
    Snapshot await(String what, Predicate<Snapshot> wanted) throws Exception {
        Instant end = Instant.now().plus(Services.PATIENCE);
        return services.with(
                EventLoop.class,
                loop -> services.with(Cluster.class, cluster -> {
                    try (Scope scope = loop.open("test")) {
                        BlockingQueue<Applied> queue = new LinkedBlockingQueue<>();
                        Store.Watch watch = cluster.watch(scope, queue::add);
                        try {
                            return first(queue, wanted, end, what);
                        } finally {
                            watch.close();
                        }
                    }
                }));
    }

    /** Writes rows past all rules, as no operator could. */
    void write(List<Change> changes) throws Exception {
        services.with(Store.class, store -> answer(store.commit(new Transaction("", 0, changes))));
    }

    static <T> T answer(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(Services.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Snapshot first(BlockingQueue<Applied> queue, Predicate<Snapshot> wanted, Instant end, String what)
            throws InterruptedException {
        while (true) {
            long left = Math.max(0, Duration.between(Instant.now(), end).toMillis());
            Applied applied = queue.poll(left, TimeUnit.MILLISECONDS);
            if (applied == null) {
                throw new AssertionError(what + " did not come within " + Services.PATIENCE);
            }
            if (wanted.test(applied.snapshot())) {
                return applied.snapshot();
            }
        }
    }
}
