package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.ServiceMode.Kind;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import java.util.BitSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Keeps as many slots of a replicated service occupied as it has replicas. What happens in an occupied slot is for others to decide. */
@Component(service = Reconciler.class)
public final class ReplicatedReconciler implements Reconciler {
    @Override
    public String name() {
        return "replicated";
    }

    @Override
    public int order() {
        return 200;
    }

    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        return ServiceRule.ofService(cluster, subject, context, ReplicatedReconciler::decide);
    }

    private static void decide(ServiceView view, TaskFactory factory, Draft draft) {
        if (view.kind() != Kind.REPLICATED) {
            return;
        }
        BitSet occupied = new BitSet();
        for (Task task : view.tasks()) {
            if (TaskFacts.wanted(task)) {
                occupied.set(task.slot());
            }
        }
        int surplus = occupied.cardinality() - view.service().spec().mode().replicas();
        if (surplus > 0) {
            shrink(view, surplus, draft);
        } else if (surplus < 0) {
            grow(view, occupied, -surplus, factory, draft);
        }
    }

    /** Fills the lowest free numbers; a slot whose last task still stops gets one that waits for it. */
    private static void grow(ServiceView view, BitSet occupied, int missing, TaskFactory factory, Draft draft) {
        BitSet leaving = new BitSet();
        for (Task task : view.tasks()) {
            if (!TaskFacts.wanted(task) && view.facts().alive(task)) {
                leaving.set(task.slot());
            }
        }
        int number = 0;
        for (int left = missing; left > 0 && !draft.full(); left--) {
            number = occupied.nextClearBit(number + 1);
            draft.create(factory.successor(new Place(number, ""), leaving.get(number)));
        }
    }

    private static void shrink(ServiceView view, int surplus, Draft draft) {
        view.facts().prefetch(view.tasks());
        List<Slot> occupied = view.slots().stream().filter(Slot::occupied).toList();
        for (Slot slot : Surplus.mostDispensableFirst(view.facts(), occupied).subList(0, surplus)) {
            if (draft.full()) {
                return;
            }
            slot.wanted().forEach(draft::discard);
        }
    }
}
