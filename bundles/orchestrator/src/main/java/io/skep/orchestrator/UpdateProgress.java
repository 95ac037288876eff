package io.skep.orchestrator;

import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.UpdateConfig;
import io.skep.model.UpdateStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far an update has come, read off the rows. A slot is touched once it has a task of the present spec version that was made since the
 * update began; it is settled when such a task first ran or ended. Counts from {@link TaskFacts#allowedAt}: neither the wait for a
 * predecessor nor a restart delay is part of the monitor period.
 */
final class UpdateProgress {
    private final ServiceView view;
    private final UpdateConfig config;
    private final Optional<Instant> startedAt;
    private final List<Slot> dirty = new ArrayList<>();
    private final List<Task> failures = new ArrayList<>();
    private final Pace pace;
    private int touched;
    private int unsettled;
    private Instant lastSettled = Instant.MIN;

    UpdateProgress(ServiceView view, UpdateConfig config, List<Slot> slots, SpecMatch match) {
        this.view = view;
        this.config = config;
        pace = new Pace(config, view.now());
        startedAt = view.updateStatus().filter(UpdateProgress::moving).map(UpdateStatus::startedAt);
        for (Slot slot : slots) {
            List<Task> wanted = slot.wanted();
            if (!wanted.isEmpty() && match.dirty(wanted)) {
                dirty.add(slot);
            } else if (!wanted.isEmpty() && startedAt.isPresent()) {
                follow(slot, startedAt.get());
            }
        }
    }

    /** The update or rollback is neither paused nor over. */
    static boolean moving(UpdateStatus status) {
        return status.state() == UpdateStatus.State.UPDATING || status.state() == UpdateStatus.State.ROLLBACK_STARTED;
    }

    /** The slots still to be replaced, in order. */
    List<Slot> dirty() {
        return dirty;
    }

    /** How many slots may be replaced now. */
    int free() {
        return pace.free(dirty.size());
    }

    /** When a slot that settled has waited for the delay; {@link Instant#MAX} when none waits. */
    Instant nextFree() {
        return pace.nextFree();
    }

    /** A task whose failure is one too many. */
    Optional<Task> fatal() {
        double all = Math.max(1, dirty.size() + touched);
        return failures.size() / all > config.maxFailureRatio()
                ? failures.stream().findFirst()
                : Optional.empty();
    }

    /** When the last slot has been watched for long enough; {@link Instant#MAX} while there is no saying. */
    Instant completeAt() {
        if (unsettled > 0 || !dirty.isEmpty()) {
            return Instant.MAX;
        }
        return lastSettled.equals(Instant.MIN) ? view.now() : lastSettled.plus(config.monitor());
    }

    private void follow(Slot slot, Instant since) {
        List<Task> fresh = slot.tasks().stream()
                .filter(task -> task.specVersion() == view.service().specVersion())
                .filter(task -> !task.createdAt().isBefore(since))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        touched++;
        fresh.stream().filter(this::failed).findFirst().ifPresent(failures::add);
        Optional<Instant> settled = view.facts().settled(fresh);
        pace.count(settled);
        if (settled.isEmpty()) {
            unsettled++;
        } else if (settled.get().isAfter(lastSettled)) {
            lastSettled = settled.get();
        }
    }

    private boolean failed(Task task) {
        TaskState state = view.facts().state(task);
        return (state == TaskState.FAILED || state == TaskState.REJECTED || state == TaskState.COMPLETE)
                && !view.facts().since(task).isAfter(TaskFacts.allowedAt(task).plus(config.monitor()));
    }
}
