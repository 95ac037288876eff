package io.skep.api.dispatch;

import java.util.List;
import java.util.Optional;

/**
 * What a node should run.
 *
 * @param complete true when {@code put} is everything: whatever else is on the node goes away
 * @param put new and changed assignments
 * @param removed ids of tasks that the swarm has forgotten: nothing of them is to remain
 * @param surroundings what to know beside; empty when it is what it was, never with a complete one
 * @param data contents of secrets and configs that assigned tasks read, each told once and before such a task; complete as {@code put} is
 * @param obsolete ids of secrets and configs that no assigned task reads any more: to be forgotten
 */
public record Assignments(
        boolean complete,
        List<Assignment> put,
        List<String> removed,
        Optional<Surroundings> surroundings,
        List<TaskData> data,
        List<String> obsolete) {
    public Assignments {
        put = List.copyOf(put);
        removed = List.copyOf(removed);
        data = List.copyOf(data);
        obsolete = List.copyOf(obsolete);
    }

    /** Nothing about secrets and configs. */
    public Assignments(
            boolean complete, List<Assignment> put, List<String> removed, Optional<Surroundings> surroundings) {
        this(complete, put, removed, surroundings, List.of(), List.of());
    }

    /** Some news of tasks alone. */
    public static Assignments of(List<Assignment> put, List<String> removed) {
        return new Assignments(false, put, removed, Optional.empty());
    }
}
