package io.skep.api.scheduling;

/**
 * The answer for one task.
 *
 * @param taskId which task
 * @param nodeId where it should run; empty when nowhere
 * @param refusal why nowhere, with the number of nodes that each filter ruled out, such as {@code no suitable node (2 nodes not available for
 *     new tasks; insufficient resources on 1 node)}; empty when placed
 */
public record Placement(String taskId, String nodeId, String refusal) {
    /** True when a node was found. */
    public boolean placed() {
        return !nodeId.isEmpty();
    }
}
