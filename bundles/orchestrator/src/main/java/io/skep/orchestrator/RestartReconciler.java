package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Node;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.placement.Constraint;
import io.skep.model.table.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Looks after the tasks in occupied slots: replaces one that ended as its restart policy says, one whose node is lost or drained, and one
 * that its node no longer fits, and lets READY tasks run once they may. The loss of a node is no end of the task: it is replaced whatever
 * the policy, at once, and no attempt is counted. The replacement of a task that still stops waits for it. How tasks leave a drained node is
 * said by {@link Drain}.
 */
@Component(service = Reconciler.class)
public final class RestartReconciler implements Reconciler {
    @Override
    public String name() {
        return "restart";
    }

    @Override
    public int order() {
        return 400;
    }

    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        Optional<Squeeze> squeeze =
                subject instanceof Subject.OfNode ? Optional.of(new Squeeze(cluster, subject.id())) : Optional.empty();
        return ServiceRule.ofServiceOrNode(
                cluster, subject, context, (view, factory, draft) -> new Pass(view, factory, draft, squeeze).run());
    }

    /** One look at all slots of one service. */
    private static final class Pass {
        private final ServiceView view;
        private final TaskFacts facts;
        private final TaskFactory factory;
        private final Draft draft;
        private final Optional<Squeeze> squeeze;
        private final RestartRule rule;
        private final SpecMatch match;
        private final Drain drain;
        private final Map<String, Boolean> calmNodes = new HashMap<>();

        Pass(ServiceView view, TaskFactory factory, Draft draft, Optional<Squeeze> squeeze) {
            this.view = view;
            this.factory = factory;
            this.draft = draft;
            this.squeeze = squeeze;
            facts = view.facts();
            rule = new RestartRule(facts, view.job());
            match = new SpecMatch(view);
            drain = new Drain(view);
        }

        /** Most tasks are where they should be, and are told from the others in one pass in the order of the tables. */
        void run() {
            facts.prefetch(view.tasks());
            Set<Place> restless = new HashSet<>();
            Set<Place> seen = new HashSet<>();
            for (Task task : view.tasks()) {
                if (TaskFacts.wanted(task) && (!calm(task) || (drain.startsFirst() && !seen.add(Place.of(task))))) {
                    restless.add(Place.of(task));
                }
            }
            look(restless.isEmpty() ? List.of() : view.slots(restless::contains));
            drain.nextFree().ifPresent(draft::wake);
        }

        private boolean calm(Task task) {
            return task.desiredState() == view.goal()
                    && !facts.ended(task)
                    && (!task.assigned() || calmNodes.computeIfAbsent(task.nodeId(), this::calm))
                    && (squeeze.isEmpty() || !squeeze.get().victims().contains(task.id()));
        }

        private boolean calm(String nodeId) {
            return !view.nodes().lost(nodeId)
                    && !view.nodes().drained(nodeId)
                    && view.nodes().meets(nodeId, view.constraints());
        }

        private void look(List<Slot> slots) {
            for (Slot slot : slots) {
                List<Task> wanted = slot.wanted();
                if (!wanted.isEmpty() && !draft.full()) {
                    Task keeper = match.keeper(wanted);
                    wanted.stream()
                            .filter(task -> !task.id().equals(keeper.id()))
                            .forEach(other -> clearAway(other, keeper));
                    look(slot, keeper);
                }
            }
        }

        /** The other task of a slot in which one starts first needs no replacement. */
        private void clearAway(Task other, Task keeper) {
            if (facts.ended(other) || facts.lost(other) || match.redundant(other, keeper)) {
                draft.retire(other);
            }
        }

        private void look(Slot slot, Task task) {
            TaskState state = facts.state(task);
            if (state == TaskState.ORPHANED || (!state.terminal() && facts.lost(task))) {
                replace(task, facts.anyLeaving(slot.tasks()));
            } else if (state.terminal()) {
                rule.replacementAt(slot, task).ifPresent(at -> restart(task, at));
            } else if (slot.number() > 0 && task.assigned() && view.nodes().drained(task.nodeId())) {
                leave(slot, task);
            } else if (slot.number() > 0 && misplaced(task)) {
                replace(task.withPendingReason(Misfit.CONSTRAINTS), true);
            } else if (squeeze.isPresent() && squeeze.get().victims().contains(task.id())) {
                replace(task.withPendingReason(Misfit.RESOURCES), true);
            } else if (task.desiredState() == TaskState.READY) {
                raise(slot, task);
            }
        }

        /**
         * A drained node's tasks do not wait: the delay is there to spare a node that they leave. What could not even be prepared ended
         * within the delay before it, and its successor would at once do the same; so that delay is sat out first.
         */
        private void restart(Task ended, Instant at) {
            boolean drained = view.nodes().drained(ended.nodeId());
            Instant allowed = TaskFacts.allowedAt(ended);
            if (!drained && allowed.isAfter(view.now())) {
                draft.wake(allowed);
            } else {
                draft.retire(ended);
                draft.create(factory.restart(ended, drained ? view.now() : at));
            }
        }

        /** A global service's task is bound to its node: whether the node gets another one is that reconciler's decision. */
        private void replace(Task gone, boolean waits) {
            draft.retire(gone);
            if (gone.slot() > 0) {
                draft.create(factory.successor(Place.of(gone), waits));
            }
        }

        /** Only one task at a time is started ahead in a slot. */
        private void leave(Slot slot, Task task) {
            boolean startsFirst = drain.startsFirst(task);
            if ((startsFirst && slot.wanted().size() > 1) || !drain.lets(task)) {
                return;
            }
            if (startsFirst) {
                draft.create(factory.successor(slot.place(), facts.anyLeaving(slot.tasks())));
            } else {
                replace(task, true);
            }
        }

        private boolean misplaced(Task task) {
            return task.assigned()
                    && view.nodes().find(task.nodeId()).filter(Nodes::open).isPresent()
                    && Misfit.of(view, task);
        }

        private void raise(Slot slot, Task task) {
            Instant at = task.runAt().orElse(view.now());
            if (at.isAfter(view.now())) {
                draft.wake(at);
            } else if (!facts.anyLeaving(slot.tasks())) {
                draft.put(task.raised(view.goal(), view.now()));
            }
        }
    }

    /** Reasons for which a task's node no longer suits it. */
    static final class Misfit {
        static final String CONSTRAINTS = "assigned node no longer meets constraints";
        static final String RESOURCES = "assigned node no longer has the resources that the task reserves";

        private Misfit() {}

        /**
         * The present constraints count, not the task's own old copy. But where they are new, moving tasks is the update's business, at the
         * update's pace: so a node must violate both.
         */
        static boolean of(ServiceView view, Task task) {
            Optional<Node> node = view.nodes().find(task.nodeId());
            return node.isPresent()
                    && !Constraint.allMatch(view.constraints(), node.get())
                    && (task.specVersion() == view.service().specVersion()
                            || !Constraint.allMatch(
                                    Constraint.parse(task.spec().placement().constraints()), node.get()));
        }
    }
}
