package io.skep.model;

import java.util.Map;

/**
 * What an operator asks of a node.
 *
 * @param name may be empty
 * @param labels for constraints and preferences
 * @param role wanted role
 * @param availability for tasks
 */
public record NodeSpec(String name, Map<String, String> labels, NodeRole role, Availability availability) {
    public NodeSpec {
        labels = Sorted.copy(labels);
    }

    /** Whether a node takes tasks. */
    public enum Availability {
        /** Takes new tasks. */
        ACTIVE,
        /** Keeps its tasks, takes no new ones. */
        PAUSE,
        /** Its tasks move elsewhere. */
        DRAIN
    }
}
