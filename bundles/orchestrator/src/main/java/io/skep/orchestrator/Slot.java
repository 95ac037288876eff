package io.skep.orchestrator;

import io.skep.model.Task;
import java.util.List;

/**
 * The place of one replica, or of one node for a global service, with its tasks past and present.
 *
 * @param place which one
 * @param tasks oldest first
 */
record Slot(Place place, List<Task> tasks) {
    /** 1–n; zero for a service that runs on nodes. */
    int number() {
        return place.number();
    }

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
}
