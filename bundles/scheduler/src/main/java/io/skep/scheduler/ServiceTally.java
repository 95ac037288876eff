package io.skep.scheduler;

import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntConsumer;

/** Where the service that is being placed has its active tasks, and where the spec version at hand failed lately. */
final class ServiceTally {
    /** So many failures within {@link #LOOK_BACK} put a node last (SwarmKit's faulty-node rule). */
    static final int FAULTY = 5;

    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    private final Snapshot cluster;
    private final ServiceFacts services;
    private final NodeTable nodes;
    private final Instant since;
    private final int[] active;
    private final int[] failures;
    private final Ordinals touched = new Ordinals();

    ServiceTally(Snapshot cluster, ServiceFacts services, NodeTable nodes, Instant now) {
        this.cluster = cluster;
        this.services = services;
        this.nodes = nodes;
        this.since = now.minus(LOOK_BACK);
        this.active = new int[nodes.size()];
        this.failures = new int[nodes.size()];
    }

    int active(int node) {
        return active[node];
    }

    int failures(int node) {
        return failures[node];
    }

    boolean faulty(int node) {
        return failures[node] >= FAULTY;
    }

    /** True while no node differs from what a service without tasks would see. */
    boolean blank() {
        return touched.size() == 0;
    }

    /** Counts what the cluster has of the service, and what this run placed of it before. */
    void open(Group group) {
        PendingService service = group.service();
        for (Task task : services.tasksWithNode(service.id())) {
            count(task, group.specVersion());
        }
        service.placedBefore().forEach(this::placed);
    }

    /** Counts a placement in. */
    void placed(int node) {
        touch(node);
        active[node]++;
    }

    /** The nodes that differ from what a service without tasks would see. */
    void forEachTouched(IntConsumer action) {
        touched.forEach(action);
    }

    /** Forgets the service, node by node, and tells after each how many active tasks were forgotten. */
    void close(Forgotten listener) {
        touched.forEach(node -> {
            int before = active[node];
            active[node] = 0;
            failures[node] = 0;
            listener.forgotten(node, before);
        });
        touched.clear();
    }

    /** Learns that a node is again as a service without tasks sees it. */
    interface Forgotten {
        void forgotten(int node, int tasks);
    }

    private void count(Task task, long specVersion) {
        int node = task.assigned() ? nodes.find(task.nodeId()) : -1;
        if (node < 0) {
            return;
        }
        TaskState state = cluster.stateOf(task);
        if (!state.terminal() && !task.desiredState().after(TaskState.COMPLETE)) {
            placed(node);
        } else if (failed(state) && task.specVersion() == specVersion && isRecent(task)) {
            touch(node);
            failures[node]++;
        }
    }

    private boolean isRecent(Task task) {
        return cluster.status(task.id())
                .map(TaskStatus::timestamp)
                .filter(since::isBefore)
                .isPresent();
    }

    private void touch(int node) {
        if (active[node] == 0 && failures[node] == 0) {
            touched.add(node);
        }
    }

    private static boolean failed(TaskState state) {
        return state == TaskState.FAILED || state == TaskState.REJECTED;
    }
}
