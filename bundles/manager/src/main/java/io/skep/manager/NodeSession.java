package io.skep.manager;

import io.skep.api.dispatch.AgentSession;
import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.Assignments;
import io.skep.api.network.ServiceAddress;
import io.skep.model.ErrorCode;
import io.skep.model.NetworkAttachment;
import io.skep.model.NodeDescription;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.TaskStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One agent's session: remembers what the agent was told, so that it is told only what is new. What it sends is on the loop. */
final class NodeSession implements AgentSession {
    private final String nodeId;
    private final AgentDispatcher dispatcher;
    private final Consumer<Assignments> listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Map<String, Assignment> told = new HashMap<>();
    private Set<String> networks = Set.of();
    private List<ServiceAddress> services = List.of();

    NodeSession(String nodeId, AgentDispatcher dispatcher, Consumer<Assignments> listener) {
        this.nodeId = nodeId;
        this.dispatcher = dispatcher;
        this.listener = listener;
    }

    String nodeId() {
        return nodeId;
    }

    @Override
    public CompletionStage<Void> report(List<TaskStatus> statuses) {
        if (ended.isDone()) {
            return CompletableFuture.failedFuture(
                    new SkepException(ErrorCode.PART_MISSING, "this session is over; open another"));
        }
        Snapshot cluster = dispatcher.snapshot();
        List<Change> changes = statuses.stream()
                .filter(status -> mine(cluster, status))
                .<Change>map(status -> new Change.Put<>(Table.STATUSES, status, Change.ANY))
                .toList();
        return changes.isEmpty() ? CompletableFuture.completedFuture(null) : dispatcher.commit(changes);
    }

    @Override
    public CompletionStage<Void> describe(NodeDescription description) {
        return dispatcher.heard(nodeId, description);
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        dispatcher.forget(this);
        end();
    }

    void end() {
        ended.complete(null);
    }

    void all(Snapshot cluster) {
        told.clear();
        List<Assignment> put = new ArrayList<>();
        for (Task task : cluster.tasksOfNode(nodeId)) {
            AssignmentView.of(cluster, task).ifPresent(assignment -> {
                told.put(task.id(), assignment);
                put.add(assignment.withLastKnown(cluster.status(task.id())));
            });
        }
        networks = networks();
        services = servicesOf(networks);
        listener.accept(new Assignments(true, put, List.of(), Optional.of(services)));
    }

    void some(Snapshot cluster, Set<String> taskIds) {
        List<Assignment> put = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String taskId : taskIds) {
            Optional<Assignment> now = cluster.find(Table.TASKS, taskId)
                    .filter(task -> task.nodeId().equals(nodeId))
                    .flatMap(task -> AssignmentView.of(cluster, task));
            if (now.isPresent() && !now.get().equals(told.put(taskId, now.get()))) {
                put.add(now.get());
            } else if (now.isEmpty() && told.remove(taskId) != null) {
                removed.add(taskId);
            }
        }
        if (!put.isEmpty() || !removed.isEmpty()) {
            listener.accept(new Assignments(false, put, removed, newNetworks()));
        }
    }

    /** Addresses or names of services have changed, perhaps not of any that this node must know. */
    void services() {
        newServices()
                .ifPresent(news -> listener.accept(new Assignments(false, List.of(), List.of(), Optional.of(news))));
    }

    private Optional<List<ServiceAddress>> newNetworks() {
        Set<String> now = networks();
        if (now.equals(networks)) {
            return Optional.empty();
        }
        networks = now;
        return newServices();
    }

    private Optional<List<ServiceAddress>> newServices() {
        List<ServiceAddress> now = servicesOf(networks);
        if (now.equals(services)) {
            return Optional.empty();
        }
        services = now;
        return Optional.of(now);
    }

    private Set<String> networks() {
        return told.values().stream()
                .flatMap(assignment -> assignment.task().attachments().stream())
                .map(NetworkAttachment::networkId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<ServiceAddress> servicesOf(Set<String> of) {
        return of.stream().flatMap(id -> dispatcher.servicesOf(id).stream()).toList();
    }

    /** Only the node that has the task speaks for it, and only news counts. */
    private boolean mine(Snapshot cluster, TaskStatus status) {
        boolean own = cluster.find(Table.TASKS, status.taskId())
                .filter(task -> task.nodeId().equals(nodeId))
                .isPresent();
        return own && !cluster.status(status.taskId()).equals(Optional.of(status));
    }
}
