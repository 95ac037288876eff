package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.model.Service;
import io.skep.model.ServiceMode.Kind;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.UpdateStatus;
import io.skep.model.placement.Constraint;
import io.skep.model.table.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One service with its tasks, as a rule looks at it. */
final class ServiceView {
    private final Snapshot cluster;
    private final Service service;
    private final Context context;
    private final Instant now;
    private final Nodes nodes;
    private final TaskFacts facts;
    private final List<Constraint> constraints;

    ServiceView(Snapshot cluster, Service service, Context context, Nodes nodes) {
        this.cluster = cluster;
        this.service = service;
        this.context = context;
        this.nodes = nodes;
        now = context.now().isAfter(service.updatedAt()) ? context.now() : service.updatedAt();
        facts = new TaskFacts(cluster, nodes, now);
        constraints = Constraint.parse(service.spec().taskTemplate().placement().constraints());
    }

    Snapshot cluster() {
        return cluster;
    }

    Service service() {
        return service;
    }

    Context context() {
        return context;
    }

    /** The leader's time, but never before the last change of the spec: an earlier leader's clock may have been ahead. */
    Instant now() {
        return now;
    }

    Nodes nodes() {
        return nodes;
    }

    TaskFacts facts() {
        return facts;
    }

    /** The placement constraints of the present spec. */
    List<Constraint> constraints() {
        return constraints;
    }

    Collection<Task> tasks() {
        return cluster.tasksOfService(service.id());
    }

    Kind kind() {
        return service.spec().mode().kind();
    }

    boolean job() {
        return kind() == Kind.REPLICATED_JOB || kind() == Kind.GLOBAL_JOB;
    }

    /** Where a task goes that may run. */
    TaskState goal() {
        return job() ? TaskState.COMPLETE : TaskState.RUNNING;
    }

    /** What is known of the update to the present spec; what an older spec left behind does not count. */
    Optional<UpdateStatus> updateStatus() {
        return service.updateStatus().filter(status -> !status.startedAt().isBefore(service.updatedAt()));
    }

    /** All slots in order, history included. */
    List<Slot> slots() {
        return group(new ArrayList<>(tasks()));
    }

    /** Some slots in order, history included. */
    List<Slot> slots(Predicate<Place> which) {
        return group(new ArrayList<>(
                tasks().stream().filter(task -> which.test(Place.of(task))).toList()));
    }

    private static List<Slot> group(List<Task> sorted) {
        sorted.sort((left, right) -> {
            int bySlot = Place.compare(left, right);
            return bySlot != 0 ? bySlot : TaskFacts.BY_AGE.compare(left, right);
        });
        List<Slot> slots = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= sorted.size(); to++) {
            if (to == sorted.size() || Place.compare(sorted.get(from), sorted.get(to)) != 0) {
                slots.add(new Slot(Place.of(sorted.get(from)), List.copyOf(sorted.subList(from, to))));
                from = to;
            }
        }
        return slots;
    }
}
