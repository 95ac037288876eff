package io.skep.manager;

import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While this manager leads: asks the reconcilers about every dirty subject, in rounds. A round decides on one snapshot, in Effects, and commits each
 * decision by itself; the next begins when all are answered, so that every decision sees its own effects. What a transaction concerns is dirty again; a
 * conflict makes its subject dirty; a wake-up does when its time has come. Fields belong to the loop.
 */
@Component(
        service = {},
        immediate = true)
public final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(20);

    private final Store store;
    private final Effects effects;
    private final Entropy entropy;
    private final Scope scope;
    private final List<Store.Watch> watches;
    private final List<Reconciler> reconcilers = new CopyOnWriteArrayList<>();
    private final Set<Subject> dirty = new LinkedHashSet<>();
    private final Map<Subject, Timer> wakes = new HashMap<>();
    private Snapshot seen = Snapshot.empty();
    private long term;
    private boolean busy;

    @Activate
    public Reconciliation(
            @Reference Store store, @Reference EventLoop loop, @Reference Effects effects, @Reference Entropy entropy) {
        this.store = store;
        this.effects = effects;
        this.entropy = entropy;
        scope = loop.open("reconciliation");
        watches = List.of(store.watch(scope, this::applied), store.onLeadership(scope, this::lead));
    }

    @Deactivate
    void stop() {
        scope.close();
        watches.forEach(Store.Watch::close);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindReconciler(Reconciler reconciler) {
        reconcilers.add(reconciler);
        scope.execute(this::everything);
    }

    void unbindReconciler(Reconciler reconciler) {
        reconcilers.remove(reconciler);
    }

    private void lead(Leadership leadership) {
        term = leadership.local() ? leadership.term() : 0;
        wakes.values().forEach(Timer::cancel);
        wakes.clear();
        everything();
    }

    private void everything() {
        dirty.clear();
        dirty.addAll(DirtySubjects.all(store.snapshot()));
        round();
    }

    private void applied(Applied applied) {
        if (term != 0) {
            dirty.addAll(DirtySubjects.of(seen, applied));
        }
        seen = applied.snapshot();
        round();
    }

    private void round() {
        if (busy || term == 0 || dirty.isEmpty()) {
            return;
        }
        busy = true;
        List<Subject> subjects = List.copyOf(dirty);
        dirty.clear();
        subjects.forEach(this::cancelWake);
        long decidedIn = term;
        Round round = new Round(List.copyOf(reconcilers), store.snapshot(), scope.now(), entropy::newId);
        effects.run(scope, () -> round.decide(subjects))
                .whenComplete((decided, failure) -> onLoop(() -> {
                    if (failure == null) {
                        carryOut(decided, decidedIn);
                    } else {
                        LOG.error("a round of decisions failed; its subjects are looked at again", failure);
                        subjects.forEach(subject -> lookAgain(subject, AGAIN));
                        finish();
                    }
                }));
    }

    private void carryOut(List<Round.Decided> decided, long decidedIn) {
        List<CompletableFuture<?>> commits = new ArrayList<>();
        for (Round.Decided one : decided) {
            one.broken().ifPresent(broken -> {
                LOG.error("the reconciler {} broke over {}; report this", one.reconciler(), one.subject(), broken);
                lookAgain(one.subject(), AGAIN);
            });
            one.decision().wakeAt().ifPresent(at -> wake(one.subject(), at));
            if (!one.decision().changes().isEmpty()) {
                commits.add(commit(one, decidedIn));
            }
        }
        CompletionStage<Void> all = CompletableFuture.allOf(commits.toArray(CompletableFuture[]::new));
        all.whenComplete((done, failure) -> onLoop(this::finish));
    }

    /** In the term in which it was decided, never a later one: who has lost the lead since has no say. */
    private CompletableFuture<?> commit(Round.Decided one, long decidedIn) {
        return store.commit(new Transaction("", decidedIn, one.decision().changes()))
                .handle((snapshot, failure) -> {
                    if (failure != null) {
                        LOG.debug(
                                "{} decides again about {}: {}", one.reconciler(), one.subject(), failure.getMessage());
                        onLoop(() -> lookAgain(one.subject(), SOON));
                    }
                    return failure == null;
                })
                .toCompletableFuture();
    }

    private void finish() {
        busy = false;
        round();
    }

    private void lookAgain(Subject subject, Duration pause) {
        wake(subject, scope.now().plus(pause));
    }

    private void retry(Subject subject) {
        dirty.add(subject);
        round();
    }

    private void wake(Subject subject, Instant at) {
        Duration wait = Duration.between(scope.now(), at);
        cancelWake(subject);
        wakes.put(subject, scope.after(wait.isNegative() ? Duration.ZERO : wait, () -> retry(subject)));
    }

    private void cancelWake(Subject subject) {
        Timer timer = wakes.remove(subject);
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Continues on the loop, where an exception is not lost with the stage that it escapes from. */
    private void onLoop(Runnable event) {
        if (!scope.closed()) {
            scope.execute(event);
        }
    }
}
