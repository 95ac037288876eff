package io.skep.parts;

import io.skep.api.orchestration.Reconciler;
import io.skep.orchestrator.GlobalReconciler;
import io.skep.orchestrator.JobReconciler;
import io.skep.orchestrator.NetworkAllocator;
import io.skep.orchestrator.NetworkReaper;
import io.skep.orchestrator.RemovalReconciler;
import io.skep.orchestrator.ReplicatedReconciler;
import io.skep.orchestrator.RestartReconciler;
import io.skep.orchestrator.SegmentAllocator;
import io.skep.orchestrator.TaskReaper;
import io.skep.orchestrator.UpdateReconciler;
import java.util.List;

/** All reconcilers of the bundle {@code orchestrator}. */
public final class Reconcilers {
    private Reconcilers() {}

    public static List<Reconciler> all() {
        return List.of(
                new NetworkAllocator(),
                new SegmentAllocator(),
                new ReplicatedReconciler(),
                new GlobalReconciler(),
                new JobReconciler(),
                new UpdateReconciler(),
                new RestartReconciler(),
                new RemovalReconciler(),
                new NetworkReaper(),
                new TaskReaper());
    }
}
