package io.skep.scheduler;

import io.skep.model.Node;
import io.skep.model.Resources;
import io.skep.model.table.NodeLoad;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;

/**
 * The nodes of one run, sorted by id, and what each carries with the placements of the run counted in. Columns instead of an object a
 * node, so that a swarm of 100,000 nodes is read in a few milliseconds.
 */
final class NodeTable {
    private final Node[] nodes;
    private final int[] active;
    private final long[] nanoCpus;
    private final long[] memoryBytes;

    NodeTable(Snapshot cluster) {
        nodes = cluster.all(Table.NODES).toArray(Node[]::new);
        active = new int[nodes.length];
        nanoCpus = new long[nodes.length];
        memoryBytes = new long[nodes.length];
        for (NodeLoad load : cluster.leastLoadedFirst()) {
            boolean idle = load.active() == 0 && load.nanoCpus() == 0 && load.memoryBytes() == 0;
            int node = idle ? -1 : find(load.nodeId());
            if (node >= 0) {
                active[node] = load.active();
                nanoCpus[node] = load.nanoCpus();
                memoryBytes[node] = load.memoryBytes();
            }
        }
    }

    int size() {
        return nodes.length;
    }

    Node node(int ordinal) {
        return nodes[ordinal];
    }

    int active(int ordinal) {
        return active[ordinal];
    }

    /** What the tasks of a node have reserved. */
    Resources reserved(int ordinal) {
        return new Resources(nanoCpus[ordinal], memoryBytes[ordinal], 0);
    }

    /** Counts a placement in. */
    void take(int ordinal, Resources reservations) {
        active[ordinal]++;
        nanoCpus[ordinal] += reservations.nanoCpus();
        memoryBytes[ordinal] += reservations.memoryBytes();
    }

    /** The ordinal of a node, or a negative number when it is unknown. */
    int find(String nodeId) {
        int low = 0;
        int high = nodes.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = nodes[middle].id().compareTo(nodeId);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
    }
}
