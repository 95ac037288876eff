package io.skep.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A cluster state on which the reconcilers are called as the leader calls them, each decision checked and applied. */
final class World {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int NEVER_QUIET = 2_000;

    private final List<Reconciler> reconcilers = Stream.of(
                    new RemovalReconciler(),
                    new NetworkAllocator(),
                    new SegmentAllocator(),
                    new ReplicatedReconciler(),
                    new GlobalReconciler(),
                    new JobReconciler(),
                    new UpdateReconciler(),
                    new RestartReconciler(),
                    new TaskReaper(),
                    new NetworkReaper())
            .sorted(Comparator.comparingInt(Reconciler::order))
            .toList();
    private Snapshot state = Snapshot.empty();
    private Instant now = START;
    private int ids;

    /** A decision that was applied. */
    record Applied(String reconciler, Snapshot before, List<Change> changes) {}

    Snapshot state() {
        return state;
    }

    Instant now() {
        return now;
    }

    void advance(Instant to) {
        now = to;
    }

    void put(Change... changes) {
        state = state.apply(List.of(changes));
    }

    /** Decides about everything until nobody has anything to say. */
    List<Applied> decide() {
        List<Applied> applied = new ArrayList<>();
        Optional<Applied> next = step();
        while (next.isPresent()) {
            applied.add(next.get());
            assertThat(applied).as("the reconcilers never come to rest").hasSizeLessThan(NEVER_QUIET);
            next = step();
        }
        return applied;
    }

    /** When something must be looked at again though nothing changes; the world is quiet. */
    Optional<Instant> wakeAt() {
        return subjects().stream()
                .flatMap(subject -> reconcilers.stream().map(rule -> decide(rule, subject)))
                .flatMap(decision -> decision.wakeAt().stream())
                .min(Comparator.naturalOrder());
    }

    /** The first decision that changes anything. */
    private Optional<Applied> step() {
        for (Subject subject : subjects()) {
            for (Reconciler rule : reconcilers) {
                Decision decision = decide(rule, subject);
                if (!decision.changes().isEmpty()) {
                    return Optional.of(apply(rule.name(), decision));
                }
            }
        }
        return Optional.empty();
    }

    private Decision decide(Reconciler rule, Subject subject) {
        return rule.decide(state, subject, new Context(now, () -> "t%02d".formatted(++ids)));
    }

    private Applied apply(String rule, Decision decision) {
        assertThat(state.conflict(decision.changes()))
                .as("fits its own snapshot")
                .isEmpty();
        decision.changes().forEach(this::check);
        Applied applied = new Applied(rule, state, decision.changes());
        state = state.apply(decision.changes());
        return applied;
    }

    /** Every change names the version that it saw, desired states only go up, and what is retired stays so. */
    private void check(Change change) {
        assertThat(change.expected()).isNotEqualTo(Change.ANY);
        if (change instanceof Change.Put<?> put && put.row() instanceof Task after) {
            state.find(Table.TASKS, after.id()).ifPresent(before -> {
                assertThat(before.desiredState().after(after.desiredState()))
                        .as("%s from %s to %s", before.name(), before.desiredState(), after.desiredState())
                        .isFalse();
                assertThat(before.retired() && !after.retired()).isFalse();
                assertThat(after).as("writes only what differs").isNotEqualTo(before);
            });
        }
    }

    private List<Subject> subjects() {
        Set<Subject> subjects = new LinkedHashSet<>();
        state.all(Table.SERVICES).forEach(service -> subjects.add(new Subject.OfService(service.id())));
        state.all(Table.TASKS).forEach(task -> subjects.add(new Subject.OfService(task.serviceId())));
        state.all(Table.NODES).forEach(node -> subjects.add(new Subject.OfNode(node.id())));
        state.all(Table.SEGMENTS).forEach(segment -> subjects.add(new Subject.OfNode(segment.nodeId())));
        state.all(Table.NETWORKS).forEach(network -> subjects.add(new Subject.OfNetwork(network.id())));
        return List.copyOf(subjects);
    }

    Service service(String name) {
        return state.serviceNamed(name).orElseThrow(() -> new IllegalArgumentException("no service " + name));
    }

    Task task(String id) {
        return state.find(Table.TASKS, id).orElseThrow(() -> new IllegalArgumentException("no task " + id));
    }
}
