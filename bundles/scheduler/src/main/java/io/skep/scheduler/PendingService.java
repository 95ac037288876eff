package io.skep.scheduler;

import io.skep.model.PortConfig;
import io.skep.model.Task;
import java.util.ArrayList;
import java.util.List;

/** The tasks of one service that a run has to place, and the nodes where it has placed some. */
final class PendingService {
    private final String id;
    private final List<PortConfig> hostPorts;
    private final List<Group> groups = new ArrayList<>(1);
    private final Ordinals placed = new Ordinals();

    PendingService(String id, List<PortConfig> hostPorts) {
        this.id = id;
        this.hostPorts = hostPorts;
    }

    String id() {
        return id;
    }

    /** The ports of the service that only one task on a node can have. */
    List<PortConfig> hostPorts() {
        return hostPorts;
    }

    void add(Task task) {
        for (Group group : groups) {
            if (group.takes(task)) {
                group.tasks().add(task);
                return;
            }
        }
        groups.add(Group.of(this, task));
    }

    /** Its tasks, those together that are placed together; there are few. */
    List<Group> groups() {
        return groups;
    }

    /** The nodes that got a task of it, one entry for each task. */
    Ordinals placed() {
        return placed;
    }
}
