package io.skep.scheduler;

import io.skep.model.PortConfig;
import io.skep.model.Task;
import java.util.ArrayList;
import java.util.List;

/** The tasks of one service that a run has to place, and the nodes where it has placed some. */
final class PendingService {
    private final String id;
    private final List<PortConfig> hostPorts;
    private List<Group> groups = List.of();
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
        addGroup(Group.of(this, task));
    }

    /** Its tasks, those together that are placed together; there are few. */
    List<Group> groups() {
        return groups;
    }

    /** Remembers a placement if a later group has to know of it; most services have one group. */
    void placed(int node) {
        if (groups.size() > 1) {
            placed.add(node);
        }
    }

    /** The nodes that got a task of an earlier group, one entry for each task. */
    Ordinals placedBefore() {
        return placed;
    }

    /** There can be very many services, and nearly all have one group: no list of its own for that. */
    private void addGroup(Group group) {
        if (groups.isEmpty()) {
            groups = List.of(group);
        } else {
            groups = new ArrayList<>(groups);
            groups.add(group);
        }
    }
}
