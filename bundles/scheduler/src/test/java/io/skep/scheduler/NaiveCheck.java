package io.skep.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Placement;
import io.skep.api.scheduling.Strategy;
import io.skep.contracts.scheduling.SampleCandidate;
import io.skep.model.Node;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.PortConfig;
import io.skep.model.Resources;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.placement.Constraint;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Goes through answers one after the other and works out for each from nothing, by adding up all tasks, whether it was the best. */
final class NaiveCheck {
    private final Snapshot cluster;
    private final Strategy strategy;
    private final List<Node> nodes;
    private final List<Task> onNodes = new ArrayList<>();

    NaiveCheck(Snapshot cluster, Strategy strategy) {
        this.cluster = cluster;
        this.strategy = strategy;
        nodes = List.copyOf(cluster.all(Table.NODES));
        cluster.all(Table.TASKS).stream().filter(Task::assigned).forEach(onNodes::add);
    }

    void check(Placement answer) {
        Task task = cluster.find(Table.TASKS, answer.taskId()).orElseThrow();
        assertThat(answer.nodeId())
                .as("%s, refused as: %s", task.name(), answer.refusal())
                .isEqualTo(best(task));
        if (answer.placed()) {
            onNodes.add(task.withNode(answer.nodeId(), List.of()));
        }
    }

    private String best(Task task) {
        List<Node> left = new ArrayList<>(nodes);
        left.removeIf(node ->
                !fits(node, task) || !(task.nodeId().isEmpty() || task.nodeId().equals(node.id())));
        for (String preference : task.spec().placement().preferences()) {
            left = emptiestBranch(left, preference, task);
        }
        return left.stream()
                .min(Comparator.comparing((Node node) -> failures(node, task) >= 5)
                        .thenComparing(node -> strategy.score(candidate(node, task), task))
                        .thenComparing(Node::id))
                .map(Node::id)
                .orElse("");
    }

    /** Among the branches that have a node left; their tasks are counted on all nodes of the branch above. */
    private List<Node> emptiestBranch(List<Node> left, String preference, Task task) {
        Preference level = new Preference(preference);
        List<Preference> above = task.spec().placement().preferences().stream()
                .takeWhile(key -> !key.equals(preference))
                .map(Preference::new)
                .toList();
        Map<String, List<Node>> branches =
                left.stream().collect(Collectors.groupingBy(level::valueOf, TreeMap::new, Collectors.toList()));
        return branches.entrySet().stream()
                .min(Comparator.comparing(branch -> nodes.stream()
                        .filter(node -> level.valueOf(node).equals(branch.getKey()))
                        .filter(node -> above.stream().allMatch(key -> key.valueOf(node)
                                .equals(key.valueOf(branch.getValue().get(0)))))
                        .mapToInt(node -> ofService(node, task).size())
                        .sum()))
                .map(Map.Entry::getValue)
                .orElse(List.of());
    }

    private boolean fits(Node node, Task task) {
        Resources needs = task.spec().resources().reservations();
        Resources all = candidate(node, task).capacity();
        Resources left = candidate(node, task).available();
        int max = task.spec().placement().maxReplicas();
        return node.status().state() == NodeStatus.State.READY
                && node.spec().availability() == NodeSpec.Availability.ACTIVE
                && (all.nanoCpus() == 0 || needs.nanoCpus() == 0 || needs.nanoCpus() <= left.nanoCpus())
                && (all.memoryBytes() == 0 || needs.memoryBytes() == 0 || needs.memoryBytes() <= left.memoryBytes())
                && Constraint.allMatch(Constraint.parse(task.spec().placement().constraints()), node)
                && (max == 0 || ofService(node, task).size() < max)
                && portsOf(task).stream().noneMatch(port -> holds(node, port));
    }

    private boolean holds(Node node, PortConfig port) {
        return present(node).stream().anyMatch(task -> portsOf(task).contains(port));
    }

    private List<PortConfig> portsOf(Task task) {
        return cluster.find(Table.SERVICES, task.serviceId())
                .map(Service::ports)
                .orElse(List.of());
    }

    private Candidate candidate(Node node, Task task) {
        long cpus = 0;
        long memory = 0;
        for (Task other : present(node)) {
            cpus += other.spec().resources().reservations().nanoCpus();
            memory += other.spec().resources().reservations().memoryBytes();
        }
        Resources all = new SampleCandidate(node, 0, 0, Resources.NONE, 0).capacity();
        Resources left = new Resources(Math.max(0, all.nanoCpus() - cpus), Math.max(0, all.memoryBytes() - memory), 0);
        int active = (int) present(node).stream().filter(NaiveCheck::wanted).count();
        return new SampleCandidate(node, active, ofService(node, task).size(), left, failures(node, task));
    }

    private List<Task> present(Node node) {
        return onNodes.stream()
                .filter(task -> task.nodeId().equals(node.id()))
                .filter(task -> !cluster.stateOf(task).terminal())
                .toList();
    }

    private List<Task> ofService(Node node, Task task) {
        return present(node).stream()
                .filter(other -> wanted(other) && other.serviceId().equals(task.serviceId()))
                .toList();
    }

    private int failures(Node node, Task task) {
        return (int) onNodes.stream()
                .filter(other ->
                        other.nodeId().equals(node.id()) && other.serviceId().equals(task.serviceId()))
                .filter(other -> other.specVersion() == task.specVersion())
                .filter(other -> cluster.stateOf(other) == TaskState.FAILED)
                .count();
    }

    private static boolean wanted(Task task) {
        return !task.desiredState().after(TaskState.COMPLETE);
    }
}
