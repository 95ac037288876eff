package io.skep.orchestrator;

import io.skep.model.ServiceMode.Kind;
import io.skep.model.Task;
import io.skep.model.UpdateConfig;
import io.skep.model.UpdateConfig.Order;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which tasks of a service leave their drained nodes now. Where an operator said how the service is updated they leave in the same order and no
 * more at a time; else all at once, as in Docker. Read off the rows: a slot is on its way while the tasks that it got since the one on a drained
 * node have neither run nor ended, and for the delay after that.
 */
final class Drain {
    private final ServiceView view;
    private final Optional<UpdateConfig> config;
    private Optional<Pace> pace = Optional.empty();
    private int left;

    Drain(ServiceView view) {
        this.view = view;
        config = view.service().spec().updateConfig().filter(said -> view.kind() == Kind.REPLICATED);
    }

    /** The replacement is to run before the task is stopped. */
    boolean startsFirst(Task task) {
        return startsFirst() && view.facts().running(task);
    }

    /** A slot may have two tasks. */
    boolean startsFirst() {
        return config.filter(said -> said.order() == Order.START_FIRST).isPresent();
    }

    /** True when this task may leave its drained node now, and is counted. One that does not run yet costs nothing, and may. */
    boolean lets(Task task) {
        if (config.filter(said -> said.parallelism() > 0).isEmpty()
                || !view.facts().running(task)) {
            return true;
        }
        if (pace.isEmpty()) {
            Pace counted = count(config.get());
            pace = Optional.of(counted);
            left = counted.free(0);
        }
        left--;
        return left >= 0;
    }

    /** When the next one may, as far as that is a matter of time. */
    Optional<Instant> nextFree() {
        return pace.filter(counted -> left < 0).map(Pace::nextFree).filter(at -> at.isBefore(Instant.MAX));
    }

    private Pace count(UpdateConfig said) {
        Pace counted = new Pace(said, view.now());
        view.slots().stream().filter(Slot::occupied).forEach(slot -> count(slot.tasks(), counted));
        return counted;
    }

    private void count(List<Task> tasks, Pace counted) {
        int from = tasks.size() - 1;
        while (from >= 0 && !onDrained(tasks.get(from))) {
            from--;
        }
        if (from < 0) {
            return;
        }
        List<Task> since = tasks.subList(from + 1, tasks.size());
        Task there = tasks.get(from);
        if (!since.isEmpty()) {
            counted.count(view.facts().settled(since));
        } else if (view.facts().alive(there) && !view.facts().running(there)) {
            counted.count(Optional.empty());
        }
    }

    private boolean onDrained(Task task) {
        return task.assigned() && view.nodes().drained(task.nodeId());
    }
}
