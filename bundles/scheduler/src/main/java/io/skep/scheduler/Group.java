package io.skep.scheduler;

import io.skep.model.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks of one service and spec version, which are placed together.
 *
 * @param service whose they are
 * @param preassigned they have their nodes already
 * @param tasks at least one, in the order in which they came
 */
record Group(PendingService service, boolean preassigned, List<Task> tasks) {
    static Group of(PendingService service, Task first) {
        List<Task> tasks = new ArrayList<>(1);
        tasks.add(first);
        return new Group(service, isPreassigned(first), tasks);
    }

    boolean takes(Task task) {
        return isPreassigned(task) == preassigned && task.specVersion() == specVersion();
    }

    Task first() {
        return tasks.get(0);
    }

    long specVersion() {
        return first().specVersion();
    }

    Shape shape() {
        return Shape.of(first(), service.hostPorts());
    }

    private static boolean isPreassigned(Task task) {
        return !task.nodeId().isEmpty();
    }
}
