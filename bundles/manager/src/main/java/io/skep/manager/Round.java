package io.skep.manager;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One round of decisions; pure. Each sees the effects of those before it, so that no address or port is given twice. One that builds on a row which
 * the round itself writes waits for the next round: the row's version is not known yet.
 */
final class Round {
    private final List<Reconciler> reconcilers;
    private final Context context;
    private final Set<String> written = new HashSet<>();
    private Snapshot cluster;

    Round(List<Reconciler> reconcilers, Snapshot cluster, Instant now, Supplier<String> ids) {
        this.reconcilers = reconcilers.stream()
                .sorted(Comparator.comparingInt(Reconciler::order).thenComparing(Reconciler::name))
                .toList();
        this.cluster = cluster;
        this.context = new Context(now, ids);
    }

    /**
     * What one subject needs.
     *
     * @param subject which
     * @param reconciler whose rule it was
     * @param decision with changes, a time to look again, or both
     * @param broken what the rule threw instead of deciding
     */
    record Decided(Subject subject, String reconciler, Decision decision, Optional<RuntimeException> broken) {
        Decided(Subject subject, String reconciler, Decision decision) {
            this(subject, reconciler, decision, Optional.empty());
        }
    }

    /** The decisions about those subjects about which there is something to decide. */
    List<Decided> decide(List<Subject> subjects) {
        List<Decided> decided = new ArrayList<>();
        for (Subject subject : subjects) {
            Decided one = decide(subject);
            if (one.broken().isPresent()) {
                decided.add(one);
            } else if (builds(one.decision().changes())) {
                decided.add(new Decided(subject, one.reconciler(), Decision.wakeAt(context.now())));
            } else if (!one.decision().equals(Decision.NOTHING)) {
                decided.add(one);
                follow(one.decision().changes());
            }
        }
        return decided;
    }

    private boolean builds(List<Change> changes) {
        return changes.stream().anyMatch(change -> written.contains(key(change)));
    }

    private void follow(List<Change> changes) {
        if (!changes.isEmpty()) {
            cluster = cluster.apply(changes);
            changes.stream()
                    .filter(change -> !(change instanceof Change.Check))
                    .forEach(change -> written.add(key(change)));
        }
    }

    private static String key(Change change) {
        return change.table().name() + '/' + change.id();
    }

    /** The first rule with changes wins; until then the earliest time to look again counts. */
    private Decided decide(Subject subject) {
        Optional<Instant> wakeAt = Optional.empty();
        for (Reconciler reconciler : reconcilers) {
            Decision decision;
            try {
                decision = reconciler.decide(cluster, subject, context);
            } catch (RuntimeException broken) {
                // a plug-in that breaks over one subject must not keep the others from being decided
                return new Decided(subject, reconciler.name(), Decision.NOTHING, Optional.of(broken));
            }
            wakeAt = earlier(wakeAt, decision.wakeAt());
            if (!decision.changes().isEmpty()) {
                return new Decided(subject, reconciler.name(), new Decision(decision.changes(), wakeAt));
            }
        }
        return new Decided(subject, "", new Decision(List.of(), wakeAt));
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && (other.isEmpty() || one.get().isBefore(other.get())) ? one : other;
    }
}
