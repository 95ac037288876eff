package io.skep.api.dispatch;

import java.util.List;

/**
 * What a node should run.
 *
 * @param complete true when {@code put} is everything: whatever else is on the node goes away
 * @param put new and changed assignments
 * @param removed ids of tasks that the swarm has forgotten: nothing of them is to remain
 */
public record Assignments(boolean complete, List<Assignment> put, List<String> removed) {
    public Assignments {
        put = List.copyOf(put);
        removed = List.copyOf(removed);
    }
}
