package io.skep.model.table;

import java.util.Comparator;

/**
 * What the tasks of one node take from it; kept up to date with every change so that no decision adds it up.
 *
 * @param nodeId the node
 * @param active tasks there that are wanted and have not ended
 * @param nanoCpus reserved by tasks there that have not ended
 * @param memoryBytes reserved by tasks there that have not ended
 */
public record NodeLoad(String nodeId, int active, long nanoCpus, long memoryBytes) {
    /** Least loaded first; equal loads by node id. */
    public static final Comparator<NodeLoad> BY_ACTIVE =
            Comparator.comparingInt(NodeLoad::active).thenComparing(NodeLoad::nodeId);

    /** A node without tasks. */
    public static NodeLoad idle(String nodeId) {
        return new NodeLoad(nodeId, 0, 0, 0);
    }

    NodeLoad plus(NodeLoad other, int sign) {
        return new NodeLoad(
                nodeId,
                active + sign * other.active,
                nanoCpus + sign * other.nanoCpus,
                memoryBytes + sign * other.memoryBytes);
    }
}
