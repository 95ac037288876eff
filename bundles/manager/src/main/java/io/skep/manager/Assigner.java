package io.skep.manager;

import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.scheduling.Placement;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While this manager leads: gives the tasks that wait for a node to the scheduler and commits its answers. One run at a time; whatever changes during a run
 * leads to another. Fields belong to the loop.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.skep.manager")
public final class Assigner {
    private static final Logger LOG = LoggerFactory.getLogger(Assigner.class);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofMillis(20);
    private static final int PER_COMMIT = 5_000;

    private final Store store;
    private final Scheduler scheduler;
    private final Effects effects;
    private final Scope scope;
    private final List<Store.Watch> watches;
    private long term;
    private boolean busy;
    private boolean changed;
    private String complaint = "";

    @Activate
    public Assigner(
            @Reference Store store,
            @Reference(name = "scheduler", target = "(engine=heap)") Scheduler scheduler,
            @Reference EventLoop loop,
            @Reference Effects effects) {
        this.store = store;
        this.scheduler = scheduler;
        this.effects = effects;
        scope = loop.open("assigner");
        watches = List.of(store.watch(scope, this::applied), store.onLeadership(scope, this::lead));
    }

    @Deactivate
    void stop() {
        scope.close();
        watches.forEach(Store.Watch::close);
    }

    private void lead(Leadership leadership) {
        term = leadership.local() ? leadership.term() : 0;
        changed = true;
        run();
    }

    private void applied(Applied applied) {
        changed = true;
        run();
    }

    private void run() {
        Snapshot cluster = store.snapshot();
        if (busy || term == 0 || !changed || cluster.unassigned().isEmpty()) {
            return;
        }
        busy = true;
        changed = false;
        long decidedIn = term;
        Instant now = scope.now();
        effects.run(scope, () -> changes(cluster, scheduler.place(cluster, cluster.unassigned(), now)))
                .whenComplete((changes, failure) -> onLoop(() -> {
                    if (failure != null) {
                        explain(cluster, Requests.cause(failure), decidedIn);
                    } else {
                        complaint = "";
                        commit(changes, 0, decidedIn);
                    }
                }));
    }

    /** A strategy or filter that fails is told where people look for the reason, on the tasks that wait for it. */
    private void explain(Snapshot cluster, Throwable failure, long decidedIn) {
        String reason = "the scheduler failed: " + failure.getMessage();
        if (!reason.equals(complaint)) {
            LOG.error("tasks are not placed; trying again every {} ms", AGAIN.toMillis(), failure);
            complaint = reason;
        }
        List<Placement> refusals = cluster.unassigned().stream()
                .limit(PER_COMMIT)
                .map(task -> new Placement(task.id(), "", reason))
                .toList();
        store.commit(new Transaction("", decidedIn, changes(cluster, refusals)))
                .whenComplete((told, unheard) -> onLoop(() -> scope.after(AGAIN, this::retry)));
    }

    private void retry() {
        busy = false;
        changed = true;
        run();
    }

    /** In the term in which it was decided, never a later one: who has lost the lead since has no say. */
    private void commit(List<Change> changes, int from, long decidedIn) {
        if (from >= changes.size()) {
            busy = false;
            run();
            return;
        }
        int to = Math.min(changes.size(), from + PER_COMMIT);
        store.commit(new Transaction("", decidedIn, changes.subList(from, to)))
                .whenComplete((snapshot, failure) -> onLoop(() -> {
                    if (failure == null) {
                        commit(changes, to, decidedIn);
                    } else {
                        scope.after(SOON, this::retry);
                    }
                }));
    }

    /** Continues on the loop, where an exception is not lost with the stage that it escapes from. */
    private void onLoop(Runnable event) {
        if (!scope.closed()) {
            scope.execute(event);
        }
    }

    /** A placement holds only for the task as it was; a refusal is written once, not at every look. */
    private static List<Change> changes(Snapshot cluster, List<Placement> placements) {
        List<Change> changes = new ArrayList<>(placements.size());
        for (Placement placement : placements) {
            cluster.entry(Table.TASKS, placement.taskId()).ifPresent(entry -> {
                Task task = entry.row();
                if (placement.placed()) {
                    Task placed = task.withNode(placement.nodeId(), task.attachments());
                    changes.add(new Change.Put<>(Table.TASKS, placed, entry.version()));
                } else if (!placement.refusal().equals(task.pendingReason())) {
                    Task refused = task.withPendingReason(placement.refusal());
                    changes.add(new Change.Put<>(Table.TASKS, refused, entry.version()));
                }
            });
        }
        return changes;
    }
}
