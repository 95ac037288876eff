package io.skep.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A service of very many tasks: decisions stay small, and their cost follows the tasks. */
class LargeServiceTest {
    private static final Instant NOW = World.START;
    private static final int TASKS = 20_000;
    private static final int NODES = 500;
    /** Generous, for slow and busy machines; a quadratic rule would take far longer. */
    private static final Duration ENOUGH = Duration.ofSeconds(5);

    private int ids;

    @Test
    void growsInStepsAndDecidesQuickly() {
        Snapshot state = cluster();
        Reconciler replicated = new ReplicatedReconciler();
        List<Integer> steps = new ArrayList<>();
        Decision decision = decide(replicated, state);
        while (!decision.changes().isEmpty()) {
            steps.add(decision.changes().size());
            state = state.apply(decision.changes());
            decision = decide(replicated, state);
        }
        assertThat(state.tasksOfService("web")).hasSize(TASKS);
        assertThat(steps).hasSize(TASKS / Draft.LIMIT).allMatch(step -> step <= Draft.LIMIT + 1);
        Snapshot running = run(state);
        for (Reconciler rule : List.of(
                new NetworkAllocator(),
                replicated,
                new UpdateReconciler(),
                new RestartReconciler(),
                new TaskReaper())) {
            assertThat(decide(rule, running).changes()).as(rule.name()).isEmpty();
        }
        assertThat(decide(replicated, scaled(running, 10)).changes()).hasSize(Draft.LIMIT);
    }

    @Test
    void aWalkThroughTheStatusesFindsWhatSingleSearchesFind() {
        Snapshot state = run(
                cluster().apply(decide(new ReplicatedReconciler(), cluster()).changes()));
        List<Change> changes = new ArrayList<>();
        int count = 0;
        for (Task task : state.tasksOfService("web")) {
            if (count++ % 3 == 0) {
                changes.add(new Change.Remove(Table.STATUSES, task.id(), Change.ANY));
            } else if (count % 3 == 0) {
                changes.add(new Change.Put<>(Table.TASKS, task.withDesiredState(TaskState.REMOVE), Change.ANY));
            }
        }
        Snapshot mixed = state.apply(changes);
        TaskFacts searching = new TaskFacts(mixed, new Nodes(mixed), NOW);
        TaskFacts walking = new TaskFacts(mixed, new Nodes(mixed), NOW);
        walking.prefetch(mixed.tasksOfService("web"));
        assertThat(mixed.tasksOfService("web"))
                .hasSize(Draft.LIMIT)
                .allMatch(task -> walking.state(task) == searching.state(task));
    }

    private Decision decide(Reconciler rule, Snapshot state) {
        long start = System.nanoTime();
        Decision decision =
                rule.decide(state, new Subject.OfService("web"), new Context(NOW, () -> "%025d".formatted(++ids)));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).as(rule.name()).isLessThan(ENOUGH);
        return decision;
    }

    private static Snapshot cluster() {
        Network network = new Network("net", NOW, NetworkSpec.of("net"), "10.0.0.0/12", "10.0.0.1", 0, false);
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Put<>(Table.NETWORKS, network, Change.ABSENT));
        for (int node = 0; node < NODES; node++) {
            changes.add(new Change.Put<>(Table.NODES, Bench.node("n" + node, new Words(), NOW), Change.ABSENT));
        }
        return scaled(Snapshot.empty().apply(changes), TASKS);
    }

    private static Snapshot scaled(Snapshot state, int replicas) {
        ServiceSpec spec = new Words()
                .say(List.of("replicas=" + replicas, "networks=net", "dnsrr"))
                .service("web");
        Service service = new Service(
                "web", NOW, NOW, spec, 1, Optional.empty(), List.of(), List.of(), Optional.empty(), 0, false);
        return state.apply(List.of(new Change.Put<>(Table.SERVICES, service, Change.ANY)));
    }

    /** All tasks on nodes, and running there. */
    private static Snapshot run(Snapshot state) {
        List<Change> changes = new ArrayList<>();
        int count = 0;
        for (Task task : state.tasksOfService("web")) {
            changes.add(new Change.Put<>(Table.TASKS, task.withNode("n" + count++ % NODES), Change.ANY));
            changes.add(new Change.Put<>(
                    Table.STATUSES,
                    new TaskStatus(task.id(), TaskState.RUNNING, NOW, "", "", Optional.empty()),
                    Change.ANY));
        }
        return state.apply(changes);
    }
}
