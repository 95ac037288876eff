package io.skep.orchestrator;

import io.skep.model.Task;
import java.util.List;

/**
 * The place of one replica, or of one node for a global service, with its tasks past and present.
 *
 * @param number 1–n; zero for a global service
 * @param nodeId for a global service, else empty
 * @param tasks at least one, oldest first
 */
record Slot(int number, String nodeId, List<Task> tasks) {
    /** The tasks that have a place, oldest first: one, but two while a start-first update replaces it; none when only history is left. */
    List<Task> wanted() {
        if (tasks.size() == 1) {
            return TaskFacts.wanted(tasks.get(0)) ? tasks : List.of();
        }
        return tasks.stream().filter(TaskFacts::wanted).toList();
    }

    boolean occupied() {
        return tasks.stream().anyMatch(TaskFacts::wanted);
    }

    /** The slot of a service that a task belongs to, with nothing in it yet: an id to sort by. */
    static int compare(Task left, Task right) {
        int bySlot = Integer.compare(left.slot(), right.slot());
        return bySlot != 0 || left.slot() > 0 ? bySlot : left.nodeId().compareTo(right.nodeId());
    }
}
