package io.skep.contracts.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Filter;
import io.skep.model.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Filter} must do; each implementation's test extends it. */
public abstract class FilterContract {
    /** A filter as the framework would make it: a new one at each call. */
    protected abstract Filter filter();

    /** The task to try it with; override it for a filter that looks at something special. */
    protected Task task() {
        return PlacementSamples.task("task-1");
    }

    @Test
    protected void judgesEveryNodeTheSameWayAgain() {
        Filter seasoned = filter();

        assertThat(verdicts(seasoned)).isEqualTo(verdicts(seasoned)).isEqualTo(verdicts(filter()));
    }

    @Test
    protected void explainsItselfInOneLine() {
        for (int nodes : new int[] {1, 2, 100_000}) {
            assertThat(filter().explain(nodes)).isNotBlank().doesNotContain("\n");
        }
    }

    @Test
    protected void isQuick() {
        Filter filter = filter();
        Task task = task();
        Candidate candidate = SampleCandidate.ready("node-1").loaded(7, 3);

        assertThat(Pace.of(() -> filter.accepts(candidate, task))).isLessThan(Pace.ALLOWED);
    }

    private List<Boolean> verdicts(Filter filter) {
        Task task = task();
        return PlacementSamples.candidates().stream()
                .map(candidate -> filter.accepts(candidate, task))
                .toList();
    }
}
