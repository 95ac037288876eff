package io.skep.agent;

import io.skep.api.dispatch.AgentSession;
import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.Dispatcher;
import io.skep.api.kernel.Scope;
import io.skep.api.network.ServiceAddress;
import io.skep.model.ErrorCode;
import io.skep.model.NodeDescription;
import io.skep.model.SkepException;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The managers as an agent sees them: they remember what they were told, and a test says what they want. */
final class Managers implements Dispatcher {
    private final Scope scope;
    private final Map<String, Assignment> assignments = new LinkedHashMap<>();
    private final Map<String, List<TaskStatus>> told = new LinkedHashMap<>();
    private final List<Session> sessions = new ArrayList<>();
    private Optional<NodeDescription> description = Optional.empty();
    private List<ServiceAddress> services = List.of();
    private boolean deaf;

    Managers(Scope scope) {
        this.scope = scope;
    }

    /** One session; the last one opened is current. */
    private final class Session implements AgentSession {
        private final Consumer<Assignments> listener;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Session(Consumer<Assignments> listener) {
            this.listener = listener;
        }

        @Override
        public CompletionStage<Void> report(List<TaskStatus> statuses) {
            if (deaf) {
                return new CompletableFuture<>();
            }
            statuses.forEach(Managers.this::hear);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> describe(NodeDescription now) {
            description = Optional.of(now);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> ended() {
            return ended;
        }

        @Override
        public void close() {
            sessions.remove(this);
            ended.complete(null);
        }
    }

    @Override
    public CompletionStage<AgentSession> open(String nodeId, NodeDescription now, Consumer<Assignments> listener) {
        Session session = new Session(listener);
        sessions.add(session);
        scope.execute(() -> listener.accept(new Assignments(true, known(), List.of(), Optional.of(services))));
        return CompletableFuture.completedFuture(session);
    }

    private List<Assignment> known() {
        return assignments.values().stream()
                .map(one -> one.withLastKnown(latest(one.task().id())))
                .toList();
    }

    /** Something that an earlier agent reported. */
    void heard(TaskStatus status) {
        hear(status);
    }

    private void hear(TaskStatus status) {
        List<TaskStatus> before = told.computeIfAbsent(status.taskId(), id -> new ArrayList<>());
        boolean news = before.isEmpty()
                || status.state().after(before.get(before.size() - 1).state());
        if (news && assignments.containsKey(status.taskId())) {
            before.add(status);
        }
    }

    /** Assigns a task, or changes its assignment. */
    void assign(Assignment assignment) {
        assignments.put(assignment.task().id(), assignment);
        scope.execute(() -> sessions.forEach(session ->
                session.listener.accept(new Assignments(false, List.of(assignment), List.of(), Optional.empty()))));
    }

    void desire(String taskId, TaskState desired) {
        assign(Samples.desired(Objects.requireNonNull(assignments.get(taskId)), desired));
    }

    /** Forgets a task altogether. */
    void forget(String taskId) {
        assignments.remove(taskId);
        scope.execute(() -> sessions.forEach(session ->
                session.listener.accept(new Assignments(false, List.of(), List.of(taskId), Optional.empty()))));
    }

    /** Tells which services there are. */
    void tell(List<ServiceAddress> now) {
        services = now;
        scope.execute(() -> sessions.forEach(
                session -> session.listener.accept(new Assignments(false, List.of(), List.of(), Optional.of(now)))));
    }

    /** Loses every session, as a manager that is deposed does. */
    void lose() {
        List.copyOf(sessions).forEach(AgentSession::close);
    }

    /** Lets reports go unanswered for ever. */
    void deaf(boolean now) {
        deaf = now;
    }

    int sessions() {
        return sessions.size();
    }

    Optional<TaskStatus> latest(String taskId) {
        List<TaskStatus> all = told.getOrDefault(taskId, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The states of a task in the order in which they were heard. */
    List<TaskState> states(String taskId) {
        return told.getOrDefault(taskId, List.of()).stream()
                .map(TaskStatus::state)
                .toList();
    }

    NodeDescription description() {
        return description.orElseThrow(
                () -> new SkepException(ErrorCode.NOT_FOUND, "the node has not described itself; open a session"));
    }
}
