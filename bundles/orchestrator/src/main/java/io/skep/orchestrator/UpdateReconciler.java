package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.Task;
import io.skep.model.UpdateConfig;
import io.skep.model.UpdateConfig.FailureAction;
import io.skep.model.UpdateConfig.Order;
import io.skep.model.UpdateStatus;
import io.skep.model.UpdateStatus.State;
import io.skep.model.table.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Replaces the tasks that are not as the present spec wants them, at the pace of the update config, and stops, goes on or goes back when too
 * many of the new ones fail. All progress is read off the rows, so a new leader goes on where the old one was. Jobs are not updated: their
 * next iteration replaces all.
 */
@Component(service = Reconciler.class)
public final class UpdateReconciler implements Reconciler {
    @Override
    public String name() {
        return "update";
    }

    @Override
    public int order() {
        return 300;
    }

    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        return ServiceRule.ofService(cluster, subject, context, (view, factory, draft) -> {
            if (!view.job()) {
                new Pass(view, factory, draft).run();
            }
        });
    }

    /** One look at one service. */
    private static final class Pass {
        private final ServiceView view;
        private final Service service;
        private final TaskFacts facts;
        private final TaskFactory factory;
        private final Draft draft;
        private final SpecMatch match;
        private final Optional<UpdateStatus> status;
        private final boolean back;
        private final UpdateConfig config;

        Pass(ServiceView view, TaskFactory factory, Draft draft) {
            this.view = view;
            this.factory = factory;
            this.draft = draft;
            service = view.service();
            facts = view.facts();
            match = new SpecMatch(view);
            status = view.updateStatus();
            back = status.filter(Pass::goesBack).isPresent();
            config = back ? service.spec().rollbackConfig() : service.spec().updatePolicy();
        }

        void run() {
            if (status.filter(UpdateProgress::moving).isEmpty() && allOfPresentVersion()) {
                return;
            }
            facts.prefetch(view.tasks());
            List<Slot> slots = view.slots();
            slots.forEach(this::finishStartFirst);
            if (status.filter(Pass::paused).isPresent()) {
                return;
            }
            UpdateProgress progress = new UpdateProgress(view, config, slots, match);
            Optional<UpdateStatus> moving = status.filter(UpdateProgress::moving);
            if (moving.isPresent()
                    && config.failureAction() != FailureAction.CONTINUE
                    && progress.fatal().isPresent()) {
                fail(moving.get(), progress.fatal().get());
            } else if (!progress.dirty().isEmpty()) {
                advance(progress, moving.isPresent());
            } else {
                moving.ifPresent(running -> complete(running, progress.completeAt()));
            }
        }

        /** The usual case, told without looking at slots: the tasks of an unfinished slot are never of one version. */
        private boolean allOfPresentVersion() {
            return view.tasks().stream()
                    .allMatch(task -> task.specVersion() == service.specVersion() || !TaskFacts.wanted(task));
        }

        private void finishStartFirst(Slot slot) {
            List<Task> wanted = slot.wanted();
            if (wanted.size() < 2 || draft.full()) {
                return;
            }
            Task keeper = match.keeper(wanted);
            for (Task other : wanted) {
                if (!other.id().equals(keeper.id()) && match.redundant(other, keeper)) {
                    draft.retire(other);
                }
            }
        }

        private void advance(UpdateProgress progress, boolean moving) {
            if (!moving) {
                draft.put(service.withUpdateStatus(
                        new UpdateStatus(State.UPDATING, view.now(), Optional.empty(), "update in progress")));
            }
            List<Slot> next = progress.dirty()
                    .subList(0, Math.min(progress.free(), progress.dirty().size()));
            for (Slot slot : next) {
                if (!draft.full()) {
                    replace(slot);
                }
            }
            if (progress.nextFree().isBefore(Instant.MAX)) {
                draft.wake(progress.nextFree());
            }
        }

        private void replace(Slot slot) {
            List<Task> wanted = slot.wanted();
            boolean startFirst =
                    config.order() == Order.START_FIRST && wanted.stream().anyMatch(facts::running);
            boolean waits = facts.anyLeaving(slot.tasks());
            for (Task old : wanted) {
                if (!startFirst || !facts.running(old)) {
                    waits |= facts.alive(old);
                    draft.retire(old);
                }
            }
            draft.create(factory.successor(slot.place(), waits));
        }

        private void fail(UpdateStatus running, Task failed) {
            String cause = " due to failure or early termination of task " + failed.id();
            Optional<ServiceSpec> before = service.previousSpec();
            if (config.failureAction() == FailureAction.ROLLBACK && !back && before.isPresent()) {
                draft.put(service.rolledBack(
                        before.get(),
                        new UpdateStatus(
                                State.ROLLBACK_STARTED, view.now(), Optional.empty(), "update rolled back" + cause)));
            } else {
                State paused = back ? State.ROLLBACK_PAUSED : State.PAUSED;
                String what = back ? "rollback paused" : "update paused";
                draft.put(service.withUpdateStatus(
                        new UpdateStatus(paused, running.startedAt(), Optional.empty(), what + cause)));
            }
        }

        private void complete(UpdateStatus running, Instant at) {
            if (!at.isAfter(view.now())) {
                State completed = back ? State.ROLLBACK_COMPLETED : State.COMPLETED;
                String message = back ? "rollback completed" : "update completed";
                draft.put(service.withUpdateStatus(
                        new UpdateStatus(completed, running.startedAt(), Optional.of(view.now()), message)));
            } else if (at.isBefore(Instant.MAX)) {
                draft.wake(at);
            }
        }

        private static boolean goesBack(UpdateStatus status) {
            return status.state() == State.ROLLBACK_STARTED || status.state() == State.ROLLBACK_PAUSED;
        }

        private static boolean paused(UpdateStatus status) {
            return status.state() == State.PAUSED || status.state() == State.ROLLBACK_PAUSED;
        }
    }
}
