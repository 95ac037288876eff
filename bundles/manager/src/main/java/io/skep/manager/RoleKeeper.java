package io.skep.manager;

import io.skep.api.consensus.Leadership;
import io.skep.api.identity.LocalManager;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.api.store.Applied;
import io.skep.api.store.Quorum;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.Node;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While this manager leads: lets the members of the consensus follow the roles of the nodes, one change after another ({@link Membership}). Fields belong to the
 * loop.
 */
@Component(
        service = {},
        immediate = true)
public final class RoleKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(RoleKeeper.class);
    /** A member that does not answer must not hold up the others for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration AGAIN = Duration.ofSeconds(2);
    private final Store store;
    private final Quorum quorum;
    private final String self;
    private final Scope scope;
    private final List<Store.Watch> watches;
    private final Set<String> postponed = new TreeSet<>();
    private long term;
    /** Counts the steps, so that the late end of one that was given up is not taken for that of another. */
    private long steps;

    private boolean busy;

    @Activate
    public RoleKeeper(
            @Reference Store store,
            @Reference Quorum quorum,
            @Reference LocalManager manager,
            @Reference EventLoop loop) {
        this.store = store;
        this.quorum = quorum;
        self = manager.memberId();
        scope = loop.open("roles");
        watches = List.of(store.watch(scope, this::applied), store.onLeadership(scope, this::lead));
    }

    @Deactivate
    void stop() {
        scope.close();
        watches.forEach(Store.Watch::close);
    }

    private void lead(Leadership leadership) {
        term = leadership.local() ? leadership.term() : 0;
        busy = false;
        steps++;
        postponed.clear();
        go();
    }

    private void applied(Applied applied) {
        boolean concerns = applied.changes().isEmpty()
                || applied.changes().stream()
                        .anyMatch(change -> change.table() == Table.NODES || change.table() == Table.SWARM);
        if (concerns) {
            go();
        }
    }

    private void go() {
        if (term == 0 || busy) {
            return;
        }
        Membership.next(store.snapshot(), quorum.members(), self, postponed).ifPresent(step -> {
            busy = true;
            steps++;
            long number = steps;
            LOG.info("managers: {}", step);
            Timer timer = scope.after(PATIENCE, () -> over(number, step, new IllegalStateException("no answer")));
            carryOut(step).whenComplete((done, failure) -> {
                if (!scope.closed()) {
                    scope.execute(() -> {
                        timer.cancel();
                        over(number, step, failure);
                    });
                }
            });
        });
    }

    private CompletionStage<?> carryOut(Membership step) {
        if (step instanceof Membership.Add add) {
            return quorum.add(add.memberId());
        }
        if (step instanceof Membership.Remove remove) {
            return quorum.remove(remove.memberId());
        }
        if (step instanceof Membership.HandOver handOver) {
            return quorum.transfer(handOver.memberId());
        }
        return release(((Membership.Release) step).node());
    }

    private CompletionStage<Snapshot> release(Node node) {
        Snapshot cluster = store.snapshot();
        Node worker = node.withMember(Optional.empty(), scope.now());
        long version = cluster.versionOf(Table.NODES, node.id());
        return store.commit(new Transaction("", term, List.of(new Change.Put<>(Table.NODES, worker, version))));
    }

    /** What failed is tried again later; what comes next may be possible meanwhile. */
    private void over(long number, Membership step, @Nullable Throwable failure) {
        if (number != steps) {
            return;
        }
        busy = false;
        steps++;
        if (failure != null) {
            LOG.warn("managers: {} failed, and is tried again: {}", step, failure.getMessage());
            postpone(Membership.subject(step));
        } else if (step instanceof Membership.HandOver) {
            // The next leader is told of it in a moment, and does the rest.
            postpone(self);
        }
        go();
    }

    private void postpone(String subject) {
        postponed.add(subject);
        scope.after(AGAIN, () -> {
            postponed.remove(subject);
            go();
        });
    }
}
