package io.skep.model.table;

import io.skep.model.Resources;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** The index of what every known node carries: by node, and from the least loaded upwards. */
final class Loads {
    private final TreePMap<String, NodeLoad> byNode;
    private final TreePSet<NodeLoad> sorted;

    private Loads(TreePMap<String, NodeLoad> byNode, TreePSet<NodeLoad> sorted) {
        this.byNode = byNode;
        this.sorted = sorted;
    }

    static Loads empty() {
        return new Loads(TreePMap.empty(), TreePSet.empty(NodeLoad.BY_ACTIVE));
    }

    NodeLoad of(String nodeId) {
        NodeLoad load = byNode.get(nodeId);
        return load == null ? NodeLoad.idle(nodeId) : load;
    }

    Collection<NodeLoad> leastLoadedFirst() {
        return sorted;
    }

    /** What one task takes from its node: nothing before it is assigned and after it ended. */
    static NodeLoad of(Task task, @Nullable TaskStatus status) {
        if (!task.assigned() || (status != null && status.state().terminal())) {
            return NodeLoad.idle(task.nodeId());
        }
        Resources reserved = task.spec().resources().reservations();
        int active = task.desiredState().after(TaskState.COMPLETE) ? 0 : 1;
        return new NodeLoad(task.nodeId(), active, reserved.nanoCpus(), reserved.memoryBytes());
    }

    /** Collects differences and writes each touched node back once. */
    static final class Edit {
        private final Loads before;
        private final Map<String, NodeLoad> touched = new LinkedHashMap<>();

        Edit(Loads before) {
            this.before = before;
        }

        void add(NodeLoad difference, int sign) {
            if (!difference.nodeId().isEmpty()) {
                touched.put(difference.nodeId(), current(difference.nodeId()).plus(difference, sign));
            }
        }

        /** Looks at a node again that came or went: an idle one is in the order exactly while it is known. */
        void touch(String nodeId) {
            touched.put(nodeId, current(nodeId));
        }

        Loads freeze(Rows<?> nodes) {
            TreePMap<String, NodeLoad> byNode = before.byNode;
            TreePSet<NodeLoad> sorted = before.sorted;
            for (NodeLoad load : touched.values()) {
                NodeLoad old = byNode.get(load.nodeId());
                sorted = old == null ? sorted : sorted.minus(old);
                boolean gone = load.equals(NodeLoad.idle(load.nodeId())) && nodes.row(load.nodeId()) == null;
                byNode = gone ? byNode.minus(load.nodeId()) : byNode.plus(load.nodeId(), load);
                sorted = gone ? sorted : sorted.plus(load);
            }
            return new Loads(byNode, sorted);
        }

        private NodeLoad current(String nodeId) {
            NodeLoad now = touched.get(nodeId);
            return now == null ? before.of(nodeId) : now;
        }
    }
}
