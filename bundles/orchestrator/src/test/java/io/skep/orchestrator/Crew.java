package io.skep.orchestrator;

import io.skep.model.Node;
import io.skep.model.NodeStatus;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.placement.Constraint;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Stands in for the scheduler and the agents: places tasks evenly, and does at once what is asked of them. */
final class Crew {
    private final World world;

    Crew(World world) {
        this.world = world;
    }

    /** Scheduler, agents and reconcilers in turn until nothing changes any more. */
    void settle() {
        boolean changed = true;
        while (changed) {
            changed = !world.decide().isEmpty();
            changed |= place();
            changed |= work();
        }
    }

    boolean place() {
        boolean placed = false;
        for (Task task : List.copyOf(world.state().unassigned())) {
            Optional<String> node = task.nodeId().isEmpty() ? choose(task) : Optional.of(task.nodeId());
            if (node.isPresent()
                    && task.attachments().size() == task.spec().networks().size()) {
                world.put(new Change.Put<>(Table.TASKS, task.withNode(node.get()), Change.ANY));
                placed = true;
            }
        }
        return placed;
    }

    /** Every task on a node that answers is where it should be, or on the way there. */
    boolean work() {
        boolean worked = false;
        for (Task task : world.state().all(Table.TASKS)) {
            worked |= work(task);
        }
        return worked;
    }

    /** The same for one task. */
    boolean work(Task task) {
        TaskState next = next(task.desiredState());
        TaskState state = world.state().stateOf(task);
        boolean works = task.assigned() && answers(task.nodeId()) && !state.terminal() && next.after(state);
        if (works) {
            report(task, next);
        }
        return works;
    }

    void report(Task task, TaskState state) {
        TaskStatus status = new TaskStatus(task.id(), state, world.now(), "", "", Optional.empty());
        world.put(new Change.Put<>(Table.STATUSES, status, Change.ANY));
    }

    private static TaskState next(TaskState desired) {
        return switch (desired) {
            case READY -> TaskState.READY;
            case RUNNING, COMPLETE -> TaskState.RUNNING;
            default -> TaskState.SHUTDOWN;
        };
    }

    private boolean answers(String nodeId) {
        return world.state()
                .find(Table.NODES, nodeId)
                .filter(node -> node.status().state() == NodeStatus.State.READY)
                .isPresent();
    }

    private Optional<String> choose(Task task) {
        List<Constraint> constraints = Constraint.parse(task.spec().placement().constraints());
        return world.state().all(Table.NODES).stream()
                .filter(Nodes::open)
                .filter(node -> Constraint.allMatch(constraints, node))
                .min(Comparator.comparingLong((Node node) -> active(node, task)).thenComparing(Node::id))
                .map(Node::id);
    }

    private long active(Node node, Task like) {
        return world.state().tasksOfNode(node.id()).stream()
                .filter(task -> task.serviceId().equals(like.serviceId()) && TaskFacts.wanted(task))
                .count();
    }
}
