package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Service;
import io.skep.model.ServiceMode.Kind;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Gives a global service one task on each open node that meets its constraints, and takes it from nodes that are lost, drained or no longer fit. */
@Component(service = Reconciler.class)
public final class GlobalReconciler implements Reconciler {
    @Override
    public String name() {
        return "global";
    }

    @Override
    public int order() {
        return 200;
    }

    /** A node as the subject concerns every global service: it may have come just now. */
    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        if (subject instanceof Subject.OfNode) {
            return ServiceRule.apply(
                    cluster,
                    globalServices(cluster),
                    context,
                    (view, factory, draft) -> decide(NodeSlots.on(view, subject.id()), view, factory, draft));
        }
        return ServiceRule.ofService(
                cluster,
                subject,
                context,
                (view, factory, draft) -> decide(NodeSlots.everywhere(view), view, factory, draft));
    }

    private static void decide(NodeSlots slots, ServiceView view, TaskFactory factory, Draft draft) {
        if (view.kind() == Kind.GLOBAL) {
            slots.misplaced().forEach(draft::retire);
            slots.fill(Slot::occupied, factory, draft);
        }
    }

    private static List<String> globalServices(Snapshot cluster) {
        return cluster.all(Table.SERVICES).stream()
                .filter(service -> service.spec().mode().kind() == Kind.GLOBAL)
                .map(Service::id)
                .toList();
    }
}
