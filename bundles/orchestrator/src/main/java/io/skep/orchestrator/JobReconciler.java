package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceMode.Kind;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Runs jobs: so many completions, so many at a time, for a replicated job; one completion on each node for a global job. Only tasks of the
 * service's present iteration count, older ones go. What failed is the restart policy's; once that gives up, the slot stays failed.
 */
@Component(service = Reconciler.class)
public final class JobReconciler implements Reconciler {
    @Override
    public String name() {
        return "job";
    }

    @Override
    public int order() {
        return 200;
    }

    /** A node as the subject concerns every global job. */
    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        if (subject instanceof Subject.OfNode) {
            return ServiceRule.apply(
                    cluster,
                    globalJobs(cluster),
                    context,
                    (view, factory, draft) -> decide(view, NodeSlots.on(view, subject.id()), factory, draft));
        }
        return ServiceRule.ofService(cluster, subject, context, (view, factory, draft) -> {
            if (view.job()) {
                decide(view, NodeSlots.everywhere(view), factory, draft);
            }
        });
    }

    /** New tasks are made only once the older iteration's are on their way out, so that they wait for them. */
    private static void decide(ServiceView view, NodeSlots nodes, TaskFactory factory, Draft draft) {
        List<Task> old = view.tasks().stream()
                .filter(task -> !present(view, task) && task.desiredState() != TaskState.REMOVE)
                .limit(Draft.LIMIT)
                .toList();
        if (!old.isEmpty()) {
            old.forEach(draft::discard);
        } else if (view.kind() == Kind.REPLICATED_JOB) {
            replicated(view, factory, draft);
        } else {
            global(nodes, view, factory, draft);
        }
    }

    private static void global(NodeSlots slots, ServiceView view, TaskFactory factory, Draft draft) {
        for (Task task : slots.misplaced()) {
            if (present(view, task) && !view.facts().ended(task)) {
                draft.retire(task);
            }
        }
        slots.fill(slot -> taken(view, slot), factory, draft);
    }

    private static void replicated(ServiceView view, TaskFactory factory, Draft draft) {
        view.facts().prefetch(view.tasks());
        List<Slot> slots = view.slots();
        Set<Integer> taken = new HashSet<>();
        Set<Integer> leaving = new HashSet<>();
        int active = 0;
        for (Slot slot : slots) {
            if (taken(view, slot)) {
                taken.add(slot.number());
                active += completed(view, slot) ? 0 : 1;
            }
            if (view.facts().anyLeaving(slot.tasks())) {
                leaving.add(slot.number());
            }
        }
        ServiceMode mode = view.service().spec().mode();
        int most = mode.maxConcurrent() == 0 ? mode.replicas() : mode.maxConcurrent();
        int missing = Math.min(most - active, mode.replicas() - taken.size());
        for (int number = 1; missing > 0 && !draft.full(); number++) {
            if (!taken.contains(number)) {
                draft.create(factory.successor(new Place(number, ""), leaving.contains(number)));
                missing--;
            }
        }
    }

    /** The slot has a task of this iteration that runs, will run, completed, or failed for good. */
    private static boolean taken(ServiceView view, Slot slot) {
        return slot.tasks().stream()
                .anyMatch(task -> present(view, task)
                        && (TaskFacts.wanted(task) || view.facts().state(task) == TaskState.COMPLETE));
    }

    private static boolean completed(ServiceView view, Slot slot) {
        return slot.tasks().stream()
                .anyMatch(task -> present(view, task) && view.facts().state(task) == TaskState.COMPLETE);
    }

    private static boolean present(ServiceView view, Task task) {
        return task.jobIteration() == view.service().jobIteration();
    }

    private static List<String> globalJobs(Snapshot cluster) {
        return cluster.all(Table.SERVICES).stream()
                .filter(service -> service.spec().mode().kind() == Kind.GLOBAL_JOB)
                .map(Service::id)
                .toList();
    }
}
