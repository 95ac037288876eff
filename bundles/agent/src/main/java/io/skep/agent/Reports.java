package io.skep.agent;

import io.skep.api.dispatch.AgentSession;
import io.skep.api.kernel.Scope;
import io.skep.model.TaskStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statuses on their way to the managers: one report at a time with the latest of every task, repeated until it is durable. On the loop. */
final class Reports {
    private static final Duration AGAIN = Duration.ofMillis(250);

    private final Scope scope;
    private final Map<String, TaskStatus> latest = new LinkedHashMap<>();
    private final Map<String, TaskStatus> unsent = new LinkedHashMap<>();
    private Optional<AgentSession> session = Optional.empty();
    private boolean busy;

    Reports(Scope scope) {
        this.scope = scope;
    }

    void add(TaskStatus status) {
        latest.put(status.taskId(), status);
        unsent.put(status.taskId(), status);
        scope.execute(this::send);
    }

    void forget(String taskId) {
        latest.remove(taskId);
        unsent.remove(taskId);
    }

    /** Another manager may not have heard what the last one was told; what was on its way to that one counts no more. */
    void session(Optional<AgentSession> now) {
        session = now;
        busy = false;
        unsent.putAll(latest);
        send();
    }

    private void send() {
        if (busy || session.isEmpty() || unsent.isEmpty()) {
            return;
        }
        busy = true;
        List<TaskStatus> batch = List.copyOf(unsent.values());
        unsent.clear();
        AgentSession to = session.get();
        to.report(batch).whenComplete((done, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> sent(to, batch, failure == null));
            }
        });
    }

    private void sent(AgentSession to, List<TaskStatus> batch, boolean durable) {
        if (session.filter(now -> now == to).isEmpty()) {
            return;
        }
        busy = false;
        if (durable) {
            send();
        } else {
            batch.stream()
                    .filter(status -> status.equals(latest.get(status.taskId())))
                    .forEach(status -> unsent.putIfAbsent(status.taskId(), status));
            scope.after(AGAIN, this::send);
        }
    }
}
