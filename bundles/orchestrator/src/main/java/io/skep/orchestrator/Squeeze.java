package io.skep.orchestrator;

import io.skep.model.NodeDescription;
import io.skep.model.Resources;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the tasks that a node can no longer hold because it has less than they reserve: the newest go. Zero capacity means unknown, and holds all. */
final class Squeeze {
    private final Set<String> victims = new LinkedHashSet<>();

    Squeeze(Snapshot cluster, String nodeId) {
        Resources capacity = cluster.find(Table.NODES, nodeId)
                .filter(Nodes::open)
                .flatMap(node -> node.description())
                .map(NodeDescription::resources)
                .orElse(Resources.NONE);
        if (exceeds(cluster.loadOf(nodeId).nanoCpus(), capacity.nanoCpus())
                || exceeds(cluster.loadOf(nodeId).memoryBytes(), capacity.memoryBytes())) {
            findVictims(cluster, nodeId, capacity);
        }
    }

    /** Their ids. */
    Set<String> victims() {
        return victims;
    }

    private void findVictims(Snapshot cluster, String nodeId, Resources capacity) {
        TaskFacts facts = new TaskFacts(cluster, new Nodes(cluster), Instant.EPOCH);
        List<Task> oldestFirst = new ArrayList<>(cluster.tasksOfNode(nodeId));
        oldestFirst.sort(TaskFacts.BY_AGE);
        long cpus = 0;
        long memory = 0;
        for (Task task : oldestFirst) {
            Resources reserved = task.spec().resources().reservations();
            if (!TaskFacts.wanted(task) || !facts.alive(task)) {
                continue;
            }
            boolean tooManyCpus = reserved.nanoCpus() > 0 && exceeds(cpus + reserved.nanoCpus(), capacity.nanoCpus());
            boolean tooMuchMemory =
                    reserved.memoryBytes() > 0 && exceeds(memory + reserved.memoryBytes(), capacity.memoryBytes());
            if (tooManyCpus || tooMuchMemory) {
                victims.add(task.id());
            } else {
                cpus += reserved.nanoCpus();
                memory += reserved.memoryBytes();
            }
        }
    }

    private static boolean exceeds(long amount, long capacity) {
        return capacity > 0 && amount > capacity;
    }
}
