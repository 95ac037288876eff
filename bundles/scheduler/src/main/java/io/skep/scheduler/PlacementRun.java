package io.skep.scheduler;

import io.skep.api.scheduling.Filter;
import io.skep.api.scheduling.Placement;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call of the scheduler: sorts the tasks into groups, and the groups by shape, and places one after the other into the same picture of
 * the cluster. Tasks that have a node already come first, since they can go nowhere else.
 */
final class PlacementRun {
    private final Picture picture;
    private final NamedStrategy strategy;
    private final List<Filter> plugIns;
    private final List<Placement> answers;

    PlacementRun(Snapshot cluster, int pending, Instant now, NamedStrategy strategy, List<Filter> plugIns) {
        this.picture = new Picture(cluster, pending, now);
        this.answers = new ArrayList<>(pending);
        this.strategy = strategy;
        this.plugIns = plugIns;
    }

    List<Placement> place(Collection<Task> pending) {
        Collection<PendingService> services = byService(pending);
        byShape(services, true).forEach(this::confirm);
        byShape(services, false).forEach(this::choose);
        return answers;
    }

    private Collection<PendingService> byService(Collection<Task> pending) {
        Map<String, PendingService> services = new LinkedHashMap<>();
        for (Task task : pending) {
            if (task.desiredState().after(TaskState.COMPLETE)) {
                answers.add(new Placement(task.id(), "", "no longer wanted"));
            } else {
                services.computeIfAbsent(task.serviceId(), picture::pendingService)
                        .add(task);
            }
        }
        return services.values();
    }

    private static Map<Shape, List<Group>> byShape(Collection<PendingService> services, boolean preassigned) {
        Map<Shape, List<Group>> shapes = new LinkedHashMap<>();
        for (PendingService service : services) {
            for (Group group : service.groups()) {
                if (group.preassigned() == preassigned) {
                    shapes.computeIfAbsent(group.shape(), shape -> new ArrayList<>())
                            .add(group);
                }
            }
        }
        return shapes;
    }

    private void confirm(Shape shape, List<Group> groups) {
        Confirmation confirmation = new Confirmation(picture, shape, rules(shape), answers);
        groups.forEach(confirmation::confirm);
    }

    private void choose(Shape shape, List<Group> groups) {
        Task like = groups.get(0).first();
        Rules rules = rules(shape);
        Ranking ranking = new Ranking(picture, rules, strategy, like);
        AlikePlacer placer = new AlikePlacer(picture, shape, rules, ranking, answers);
        groups.forEach(placer::place);
    }

    private Rules rules(Shape shape) {
        return new Rules(picture.cluster(), shape, picture::hostPorts, plugIns);
    }
}
