package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.ServiceMode.Kind;
import io.skep.model.table.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        List<Slot> slots = view.slots();
        List<Slot> occupied = slots.stream().filter(Slot::occupied).toList();
        int surplus = occupied.size() - view.service().spec().mode().replicas();
        if (surplus > 0) {
            shrink(view, occupied, surplus, draft);
        } else if (surplus < 0) {
            grow(view, slots, -surplus, factory, draft);
        }
    }

    /** Fills the lowest free numbers; a slot whose last task still stops gets one that waits for it. */
    private static void grow(ServiceView view, List<Slot> slots, int missing, TaskFactory factory, Draft draft) {
        Map<Integer, Slot> byNumber = slots.stream().collect(Collectors.toMap(Slot::number, Function.identity()));
        int left = missing;
        for (int number = 1; left > 0 && !draft.full(); number++) {
            Slot slot = byNumber.get(number);
            if (slot == null || !slot.occupied()) {
                boolean waits = slot != null && view.facts().anyLeaving(slot.tasks());
                draft.create(factory.successor(number, "", waits));
                left--;
            }
        }
    }

    private static void shrink(ServiceView view, List<Slot> occupied, int surplus, Draft draft) {
        for (Slot slot : Surplus.mostDispensableFirst(view.facts(), occupied).subList(0, surplus)) {
            if (draft.full()) {
                return;
            }
            slot.wanted().forEach(draft::discard);
        }
    }
}
