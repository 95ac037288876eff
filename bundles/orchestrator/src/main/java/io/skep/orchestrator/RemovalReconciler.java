package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Collection;
import org.osgi.service.component.annotations.Component;

/** Takes down a service that is being removed: all its tasks go, and with the last of them the service. */
@Component(service = Reconciler.class)
public final class RemovalReconciler implements Reconciler {
    @Override
    public String name() {
        return "removal";
    }

    /** Before everything else: nothing is to be decided for a service that goes. */
    @Override
    public int order() {
        return 50;
    }

    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        if (!(subject instanceof Subject.OfService)) {
            return Decision.NOTHING;
        }
        return cluster.find(Table.SERVICES, subject.id())
                .filter(Service::removing)
                .map(service -> remove(cluster, service))
                .orElse(Decision.NOTHING);
    }

    private static Decision remove(Snapshot cluster, Service service) {
        Draft draft = new Draft(cluster);
        Collection<Task> tasks = cluster.tasksOfService(service.id());
        if (tasks.isEmpty()) {
            draft.remove(Table.SERVICES, service.id());
        }
        for (Task task : tasks) {
            if (!draft.full() && task.desiredState() != TaskState.REMOVE) {
                draft.discard(task);
            }
        }
        return draft.decision();
    }
}
