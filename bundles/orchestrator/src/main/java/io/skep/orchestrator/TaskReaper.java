package io.skep.orchestrator;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Service;
import io.skep.model.ServiceMode.Kind;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Deletes rows of tasks that nobody needs any more: those that are to be removed, once nothing of them runs; those of services that are gone;
 * and of each slot the oldest dead ones beyond the swarm's limit. It keeps beyond the limit what restart attempts are counted from, and what
 * a running update is judged by. A task on a lost node counts as dead: if the node comes back, its agent clears away what it no longer knows.
 */
@Component(service = Reconciler.class)
public final class TaskReaper implements Reconciler {
    private static final int STANDARD_LIMIT = 5;

    @Override
    public String name() {
        return "reaper";
    }

    @Override
    public int order() {
        return 900;
    }

    @Override
    public Decision decide(Snapshot cluster, Subject subject, Context context) {
        Nodes nodes = new Nodes(cluster);
        Draft draft = new Draft(cluster);
        for (String id : services(cluster, subject)) {
            Optional<Service> service = cluster.find(Table.SERVICES, id);
            if (service.isPresent()) {
                reap(new ServiceView(cluster, service.get(), context, nodes), draft);
            } else {
                reapOrphans(cluster.tasksOfService(id), new TaskFacts(cluster, nodes, context.now()), draft);
            }
        }
        return draft.decision();
    }

    private static Collection<String> services(Snapshot cluster, Subject subject) {
        if (subject instanceof Subject.OfNode) {
            return ServiceRule.servicesOn(cluster, subject.id());
        }
        return subject instanceof Subject.OfService ? List.of(subject.id()) : List.of();
    }

    private static void reapOrphans(Collection<Task> tasks, TaskFacts facts, Draft draft) {
        for (Task task : tasks) {
            if (draft.full()) {
                return;
            }
            if (!facts.alive(task)) {
                draft.remove(Table.TASKS, task.id());
            } else if (task.desiredState() != TaskState.REMOVE) {
                draft.discard(task);
            }
        }
    }

    private static void reap(ServiceView view, Draft draft) {
        List<Task> gone = new ArrayList<>();
        List<Task> history = new ArrayList<>();
        Set<Integer> occupied = new HashSet<>();
        for (Task task : view.tasks()) {
            if (TaskFacts.wanted(task)) {
                occupied.add(task.slot());
            } else if (!view.facts().alive(task)) {
                boolean kept = task.assigned() && task.desiredState() != TaskState.REMOVE;
                (kept ? history : gone).add(task);
            }
        }
        gone.addAll(new History(view, occupied, limit(view.cluster())).dispensable(history));
        gone.stream().limit(Draft.LIMIT).forEach(task -> draft.remove(Table.TASKS, task.id()));
    }

    private static int limit(Snapshot cluster) {
        return cluster.swarm().map(swarm -> swarm.spec().taskHistoryLimit()).orElse(STANDARD_LIMIT);
    }

    /** What of a service's dead and replaced tasks is not worth keeping. */
    private static final class History {
        private final ServiceView view;
        private final Set<Integer> occupied;
        private final int limit;

        History(ServiceView view, Set<Integer> occupied, int limit) {
            this.view = view;
            this.occupied = occupied;
            this.limit = limit;
        }

        List<Task> dispensable(List<Task> dead) {
            dead.sort((left, right) -> {
                int bySlot = Place.compare(left, right);
                return bySlot != 0 ? bySlot : TaskFacts.BY_AGE.reversed().compare(left, right);
            });
            List<Task> dispensable = new ArrayList<>();
            int kept = 0;
            for (int i = 0; i < dead.size(); i++) {
                Task task = dead.get(i);
                kept = i > 0 && Place.compare(dead.get(i - 1), task) == 0 ? kept + 1 : 1;
                if (slotGone(task) || (!evidence(task) && limit >= 0 && kept > limit(task))) {
                    dispensable.add(task);
                }
            }
            return dispensable;
        }

        private int limit(Task task) {
            int attempts = task.spec().restartPolicy().maxAttempts();
            return attempts == 0 ? limit : Math.max(limit, attempts + 1);
        }

        /** Its number is beyond the replicas and empty, or its node has left the swarm. */
        private boolean slotGone(Task task) {
            return task.slot() == 0
                    ? view.nodes().find(task.nodeId()).isEmpty()
                    : view.kind() == Kind.REPLICATED
                            && task.slot() > view.service().spec().mode().replicas()
                            && !occupied.contains(task.slot());
        }

        private boolean evidence(Task task) {
            return view.updateStatus()
                    .filter(UpdateProgress::moving)
                    .filter(status -> !task.createdAt().isBefore(status.startedAt()))
                    .isPresent();
        }
    }
}
