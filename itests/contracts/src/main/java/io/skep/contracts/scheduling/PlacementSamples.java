package io.skep.contracts.scheduling;

import io.skep.api.scheduling.Candidate;
import io.skep.model.ContainerSpec;
import io.skep.model.Resources;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import io.skep.model.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes and tasks on which every strategy and filter must work, the odd ones included. */
public final class PlacementSamples {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Resources LITTLE = new Resources(1, 1, 0);

    private PlacementSamples() {}

    /** Idle and loaded, large and full, labelled and silent nodes. */
    public static List<Candidate> candidates() {
        SampleCandidate ready = SampleCandidate.ready("node-1");
        return List.of(
                ready,
                ready.loaded(7, 3),
                ready.loaded(Integer.MAX_VALUE, Integer.MAX_VALUE),
                ready.left(LITTLE),
                ready.left(Resources.NONE),
                ready.failing(9),
                ready.labelled(Map.of("zone", "a", "rack", "")),
                SampleCandidate.silent("node-2"),
                SampleCandidate.silent("node-2").loaded(5, 0));
    }

    /** A pending task of the service {@code web}, with Docker's defaults. */
    public static Task task(String id) {
        return task(id, TaskSpec.of(ContainerSpec.of("example/web:1")));
    }

    /** A pending task of the service {@code web}. */
    public static Task task(String id, TaskSpec spec) {
        return new Task(
                id,
                START,
                "service-1",
                "web",
                1,
                spec,
                1,
                "",
                false,
                TaskState.RUNNING,
                Optional.empty(),
                List.of(),
                "",
                0,
                false);
    }
}
