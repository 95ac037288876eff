package io.skep.orchestrator;

import io.skep.model.Node;
import io.skep.model.Task;
import io.skep.model.placement.Constraint;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The slots of a service that runs on nodes rather than in numbers: one for each node that is open to it or has had it. */
final class NodeSlots {
    private final ServiceView view;
    private final Collection<Node> nodes;
    private final Map<String, List<Task>> tasks = new TreeMap<>();

    private NodeSlots(ServiceView view, Collection<Node> nodes, Collection<Task> candidates) {
        this.view = view;
        this.nodes = nodes;
        for (Task task : candidates) {
            if (task.serviceId().equals(view.service().id())) {
                tasks.computeIfAbsent(task.nodeId(), id -> new ArrayList<>()).add(task);
            }
        }
    }

    /** Of all nodes. */
    static NodeSlots everywhere(ServiceView view) {
        return new NodeSlots(view, view.cluster().all(Table.NODES), view.tasks());
    }

    /** Of one node only. */
    static NodeSlots on(ServiceView view, String nodeId) {
        Collection<Node> node = view.nodes().find(nodeId).map(List::of).orElse(List.of());
        return new NodeSlots(view, node, view.cluster().tasksOfNode(nodeId));
    }

    /** Wanted tasks on nodes that are lost, drained or no longer meet the constraints. What ended on a node that is only lost stays: it is done. */
    List<Task> misplaced() {
        List<Task> misplaced = new ArrayList<>();
        tasks.forEach((nodeId, there) -> {
            if (view.nodes().lost(nodeId)) {
                there.stream()
                        .filter(TaskFacts::wanted)
                        .filter(task -> !view.facts().ended(task)
                                || view.nodes().find(nodeId).isEmpty())
                        .forEach(misplaced::add);
            } else if (view.nodes().drained(nodeId) || !view.nodes().meets(nodeId, view.constraints())) {
                there.stream().filter(TaskFacts::wanted).forEach(misplaced::add);
            }
        });
        return misplaced;
    }

    /** A task for each open node that meets the constraints and has none. */
    void fill(Predicate<Slot> occupied, TaskFactory factory, Draft draft) {
        for (Node node : nodes) {
            List<Task> there = tasks.getOrDefault(node.id(), List.of());
            if (!draft.full()
                    && Nodes.open(node)
                    && Constraint.allMatch(view.constraints(), node)
                    && !occupied.test(new Slot(new Place(0, node.id()), there))) {
                draft.create(
                        factory.successor(new Place(0, node.id()), view.facts().anyLeaving(there)));
            }
        }
    }
}
