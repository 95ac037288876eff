package io.skep.orchestrator;

import io.skep.model.Placement;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Says whether a task is as its service's present spec wants it. Another version with an equal task spec is (labels of the service or the
 * number of replicas changed), and so is one whose placement alone differs while its node meets the present constraints. Tasks of one
 * version share their spec object, so each is compared once.
 */
final class SpecMatch {
    private enum Difference {
        NONE,
        PLACEMENT,
        REAL
    }

    private final ServiceView view;
    private final TaskSpec present;
    private final IdentityHashMap<TaskSpec, Difference> compared = new IdentityHashMap<>();

    SpecMatch(ServiceView view) {
        this.view = view;
        present = view.service().spec().taskTemplate();
    }

    boolean clean(Task task) {
        if (task.specVersion() == view.service().specVersion()) {
            return true;
        }
        return switch (compared.computeIfAbsent(task.spec(), this::compare)) {
            case NONE -> true;
            case PLACEMENT -> task.assigned() && view.nodes().meets(task.nodeId(), view.constraints());
            case REAL -> false;
        };
    }

    /** No task of the slot is as it should be. */
    boolean dirty(List<Task> wanted) {
        return wanted.stream().noneMatch(this::clean);
    }

    /** The task that stays when a slot has two: the newest that is as it should be, else the newest. */
    Task keeper(List<Task> wanted) {
        Task keeper = wanted.get(wanted.size() - 1);
        for (Task task : wanted) {
            if (wanted.size() > 1 && clean(task)) {
                keeper = task;
            }
        }
        return keeper;
    }

    /** Start-first: once the task that stays runs, or the other one does not and this one is as it should be, the other has nothing to wait for. */
    boolean redundant(Task other, Task keeper) {
        return view.facts().running(keeper) || (clean(keeper) && !view.facts().running(other));
    }

    private Difference compare(TaskSpec other) {
        if (other.equals(present)) {
            return Difference.NONE;
        }
        return placedAnywhere(other).equals(placedAnywhere(present)) ? Difference.PLACEMENT : Difference.REAL;
    }

    private static TaskSpec placedAnywhere(TaskSpec spec) {
        return new TaskSpec(
                spec.containerSpec(),
                spec.resources(),
                spec.restartPolicy(),
                Placement.ANYWHERE,
                spec.networks(),
                spec.logDriver(),
                spec.runtime(),
                spec.forceUpdate());
    }
}
