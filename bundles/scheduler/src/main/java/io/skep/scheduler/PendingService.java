package io.skep.scheduler;

import io.skep.model.PortConfig;
import io.skep.model.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tasks of one service that a run has to place, and the nodes where it has placed some. */
final class PendingService {
    private final String id;
    private final List<PortConfig> hostPorts;
    private final Map<Long, Group> free = new LinkedHashMap<>(2);
    private final Map<Long, Group> preassigned = new LinkedHashMap<>(0);
    private final Ordinals placed = new Ordinals();

    PendingService(String id, List<PortConfig> hostPorts) {
        this.id = id;
        this.hostPorts = hostPorts;
    }

    String id() {
        return id;
    }

    /** The ports of the service that a node has only once. */
    List<PortConfig> hostPorts() {
        return hostPorts;
    }

    void add(Task task) {
        Map<Long, Group> groups = task.nodeId().isEmpty() ? free : preassigned;
        groups.computeIfAbsent(task.specVersion(), version -> new Group(this, new ArrayList<>(1)))
                .tasks()
                .add(task);
    }

    /** The tasks that can go anywhere. */
    Collection<Group> free() {
        return free.values();
    }

    /** The tasks that have a node already. */
    Collection<Group> preassigned() {
        return preassigned.values();
    }

    /** The nodes that got a task of it, one entry for each task. */
    Ordinals placed() {
        return placed;
    }
}
