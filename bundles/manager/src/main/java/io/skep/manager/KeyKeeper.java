package io.skep.manager;

import io.skep.api.consensus.Leadership;
import io.skep.api.identity.CertificateAuthority;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.Trust;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While this manager leads: makes a new gossip key when the present one has lasted long enough, forgets revocations that no certificate needs any more, and
 * ends a rotation of the root when all nodes have followed ({@link KeyPlans}). Fields belong to the loop.
 */
@Component(
        service = {},
        immediate = true)
public final class KeyKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(KeyKeeper.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    /** However far the next date is: a clock may be set. */
    private static final Duration MOST = Duration.ofMinutes(10);

    private final Store store;
    private final CertificateAuthority authority;
    private final Issuers issuers;
    private final Scope scope;
    private final List<Store.Watch> watches;
    private Optional<Timer> timer = Optional.empty();
    private long term;
    private boolean busy;

    @Activate
    public KeyKeeper(
            @Reference Store store,
            @Reference CertificateAuthority authority,
            @Reference Issuers issuers,
            @Reference EventLoop loop) {
        this.store = store;
        this.authority = authority;
        this.issuers = issuers;
        scope = loop.open("keys");
        watches = List.of(store.watch(scope, this::applied), store.onLeadership(scope, this::lead));
        issuers.onChange(this::issuerChanged);
    }

    @Deactivate
    void stop() {
        scope.close();
        issuers.onChange(() -> {});
        watches.forEach(Store.Watch::close);
    }

    private void issuerChanged() {
        if (!scope.closed()) {
            scope.execute(this::go);
        }
    }

    private void lead(Leadership leadership) {
        term = leadership.local() ? leadership.term() : 0;
        busy = false;
        go();
    }

    private void applied(Applied applied) {
        boolean concerns = applied.changes().isEmpty()
                || applied.changes().stream()
                        .anyMatch(change -> change.table() == Table.TRUST || change.table() == Table.NODES);
        if (concerns) {
            go();
        }
    }

    private void go() {
        timer.ifPresent(Timer::cancel);
        timer = Optional.empty();
        if (term != 0 && !busy) {
            Snapshot cluster = store.snapshot();
            cluster.trust().ifPresent(trust -> look(cluster, trust));
        }
    }

    private void look(Snapshot cluster, Trust trust) {
        String digest = authority.digest(trust.root().certificate());
        Trust due = KeyPlans.due(cluster, trust, scope.now(), issuers.all(), digest, Secrets::key);
        if (due.equals(trust)) {
            Duration wait = Duration.between(scope.now(), KeyPlans.next(trust));
            wake(wait.isNegative() ? AGAIN : wait.compareTo(MOST) < 0 ? wait : MOST);
            return;
        }
        LOG.info(
                "the keys of the swarm change: {} gossip keys, {} roots, {} nodes revoked",
                due.gossipKeys().size(),
                due.formerRoots().size() + 1,
                due.revoked().size());
        busy = true;
        long decidedIn = term;
        Change change = new Change.Put<>(Table.TRUST, due, cluster.versionOf(Table.TRUST, trust.id()));
        store.commit(new Transaction("", decidedIn, List.of(change))).whenComplete((done, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> {
                    busy = false;
                    if (failure == null) {
                        go();
                    } else {
                        LOG.debug("the keys are looked at again: {}", failure.getMessage());
                        wake(AGAIN);
                    }
                });
            }
        });
    }

    private void wake(Duration wait) {
        timer = Optional.of(scope.after(wait, this::go));
    }
}
