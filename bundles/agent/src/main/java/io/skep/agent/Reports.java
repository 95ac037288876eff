package io.skep.agent;

import io.skep.api.kernel.Scope;
import io.skep.model.TaskStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Statuses on their way to the managers: one report at a time with the latest of every task, repeated until it is durable. On the loop. */
final class Reports {
    private static final Duration AGAIN = Duration.ofMillis(250);
    /** Few enough for one message, and for a commit that keeps nobody waiting. */
    private static final int MOST = 500;

    private final Scope scope;
    private final BiConsumer<Session, @Nullable Throwable> answered;
    private final Map<String, TaskStatus> latest = new LinkedHashMap<>();
    private final Map<String, TaskStatus> unsent = new LinkedHashMap<>();
    private Optional<Session> session = Optional.empty();
    private boolean busy;

    /** Makes an empty list; {@code answered} hears how each report ended. */
    Reports(Scope scope, BiConsumer<Session, @Nullable Throwable> answered) {
        this.scope = scope;
        this.answered = answered;
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
    void session(Optional<Session> now) {
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
        List<TaskStatus> batch = unsent.values().stream().limit(MOST).toList();
        batch.forEach(status -> unsent.remove(status.taskId()));
        Session to = session.get();
        to.report(batch).whenComplete((done, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> {
                    sent(to, batch, failure == null);
                    answered.accept(to, failure);
                });
            }
        });
    }

    private void sent(Session to, List<TaskStatus> batch, boolean durable) {
        if (!session.equals(Optional.of(to))) {
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
