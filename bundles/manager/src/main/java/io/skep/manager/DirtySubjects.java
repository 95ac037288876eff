package io.skep.manager;

import io.skep.api.orchestration.Subject;
import io.skep.api.store.Applied;
import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.Node;
import io.skep.model.Service;
import io.skep.model.ServiceMode;
import io.skep.model.Task;
import io.skep.model.TaskStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which subjects a transaction may concern; pure, so that the work follows what changed and not the size of the cluster. */
final class DirtySubjects {
    private final Snapshot before;
    private final Snapshot after;
    private final Set<Subject> subjects = new LinkedHashSet<>();

    private DirtySubjects(Snapshot before, Snapshot after) {
        this.before = before;
        this.after = after;
    }

    /** The subjects of a transaction. */
    static Set<Subject> of(Snapshot before, Applied applied) {
        if (applied.changes().isEmpty()) {
            return all(applied.snapshot());
        }
        DirtySubjects dirty = new DirtySubjects(before, applied.snapshot());
        applied.changes().forEach(dirty::add);
        return dirty.subjects;
    }

    /** Everything: what a new leader looks at. Tasks may have outlived their service or node. */
    static Set<Subject> all(Snapshot cluster) {
        DirtySubjects dirty = new DirtySubjects(cluster, cluster);
        cluster.all(Table.SERVICES).forEach(service -> dirty.subjects.add(new Subject.OfService(service.id())));
        cluster.all(Table.NODES).forEach(node -> dirty.subjects.add(new Subject.OfNode(node.id())));
        cluster.all(Table.NETWORKS).forEach(network -> dirty.subjects.add(new Subject.OfNetwork(network.id())));
        cluster.all(Table.SEGMENTS).forEach(segment -> dirty.subjects.add(new Subject.OfNode(segment.nodeId())));
        cluster.all(Table.TASKS).forEach(dirty::task);
        return dirty.subjects;
    }

    private void add(Change change) {
        if (change.table() == Table.TASKS) {
            either(Table.TASKS, change.id()).ifPresent(this::task);
            moved(change.id());
        } else if (change instanceof Change.Put<?> put && put.row() instanceof TaskStatus status) {
            after.find(Table.TASKS, status.taskId()).ifPresent(this::task);
        } else if (change.table() == Table.SERVICES) {
            subjects.add(new Subject.OfService(change.id()));
            either(Table.SERVICES, change.id()).ifPresent(this::networks);
        } else if (change.table() == Table.NODES) {
            node(change.id());
        } else if (change.table() == Table.NETWORKS) {
            subjects.add(new Subject.OfNetwork(change.id()));
            ingress(change.id());
        } else if (change.table() == Table.SEGMENTS) {
            either(Table.SEGMENTS, change.id())
                    .ifPresent(segment -> subjects.add(new Subject.OfNetwork(segment.networkId())));
        }
    }

    /** A node's networks follow from the tasks that it has. */
    private void moved(String taskId) {
        String from = before.find(Table.TASKS, taskId).map(Task::nodeId).orElse("");
        String to = after.find(Table.TASKS, taskId).map(Task::nodeId).orElse("");
        if (!from.equals(to)) {
            Stream.of(from, to).filter(id -> !id.isEmpty()).forEach(id -> subjects.add(new Subject.OfNode(id)));
        }
    }

    /** Every node serves the network for published ports. */
    private void ingress(String networkId) {
        if (after.find(Table.NETWORKS, networkId)
                .filter(network -> network.spec().ingress())
                .isPresent()) {
            after.all(Table.NODES).forEach(node -> subjects.add(new Subject.OfNode(node.id())));
        }
    }

    private void task(Task task) {
        subjects.add(new Subject.OfService(task.serviceId()));
        for (NetworkAttachment attachment : task.attachments()) {
            after.find(Table.NETWORKS, attachment.networkId())
                    .filter(Network::removing)
                    .ifPresent(network -> subjects.add(new Subject.OfNetwork(network.id())));
        }
    }

    private void networks(Service service) {
        service.spec()
                .taskTemplate()
                .networks()
                .forEach(network -> subjects.add(new Subject.OfNetwork(network.target())));
    }

    /** Tasks there, and services that have one everywhere, may have to follow. */
    private void node(String id) {
        Optional<Node> old = before.find(Table.NODES, id);
        Optional<Node> now = after.find(Table.NODES, id);
        subjects.add(new Subject.OfNode(id));
        after.tasksOfNode(id).forEach(task -> subjects.add(new Subject.OfService(task.serviceId())));
        if (old.isEmpty() || now.isEmpty() || !old.get().equals(now.get())) {
            after.all(Table.SERVICES).stream()
                    .filter(service -> global(service.spec().mode()))
                    .forEach(service -> subjects.add(new Subject.OfService(service.id())));
        }
    }

    private static boolean global(ServiceMode mode) {
        return mode.kind() == ServiceMode.Kind.GLOBAL || mode.kind() == ServiceMode.Kind.GLOBAL_JOB;
    }

    private <R extends Row> Optional<R> either(Table<R> table, String id) {
        return after.find(table, id).or(() -> before.find(table, id));
    }
}
