package io.skep.scheduler;

import io.skep.api.scheduling.Candidate;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.Resources;

/** The window through which filters and strategies see one node after the other: moved, not made anew, because there are many. */
final class NodeView implements Candidate {
    private final NodeTable nodes;
    private final ServiceTally tally;
    private int at;

    NodeView(NodeTable nodes, ServiceTally tally) {
        this.nodes = nodes;
        this.tally = tally;
    }

    /** The same view on another node. */
    NodeView at(int ordinal) {
        at = ordinal;
        return this;
    }

    @Override
    public Node node() {
        return nodes.node(at);
    }

    @Override
    public int activeTasks() {
        return nodes.active(at);
    }

    @Override
    public int activeTasksOfService() {
        return tally.active(at);
    }

    @Override
    public Resources capacity() {
        return node().description().map(NodeDescription::resources).orElse(Resources.NONE);
    }

    @Override
    public Resources available() {
        Resources all = capacity();
        Resources reserved = nodes.reserved(at);
        return new Resources(
                Math.max(0, all.nanoCpus() - reserved.nanoCpus()),
                Math.max(0, all.memoryBytes() - reserved.memoryBytes()),
                all.pids());
    }

    @Override
    public int recentFailures() {
        return tally.failures(at);
    }
}
