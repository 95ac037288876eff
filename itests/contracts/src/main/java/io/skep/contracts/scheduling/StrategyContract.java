package io.skep.contracts.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Strategy;
import io.skep.model.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Strategy} must do; each implementation's test extends it. */
public abstract class StrategyContract {
    private static final Task TASK = PlacementSamples.task("task-1");

    /** A strategy as the framework would make it: a new one at each call. */
    protected abstract Strategy strategy();

    @Test
    protected void scoresEveryNode() {
        Strategy strategy = strategy();
        for (Candidate candidate : PlacementSamples.candidates()) {
            assertThat(strategy.score(candidate, TASK))
                    .as("asked twice about %s", candidate)
                    .isEqualTo(strategy.score(candidate, TASK));
        }
    }

    @Test
    protected void remembersNothing() {
        Strategy seasoned = strategy();
        PlacementSamples.candidates().forEach(candidate -> seasoned.score(candidate, PlacementSamples.task("task-2")));
        List<Long> again = scores(seasoned);

        assertThat(again).as("as a strategy that is new").isEqualTo(scores(strategy()));
    }

    @Test
    protected void looksOnlyAtWhatItIsGiven() {
        Task equal = PlacementSamples.task("task-1");
        List<Candidate> equals = PlacementSamples.candidates();
        Strategy strategy = strategy();

        assertThat(equals.stream().map(candidate -> strategy.score(candidate, equal)))
                .as("of equal nodes and tasks that are other objects")
                .isEqualTo(scores(strategy));
    }

    @Test
    protected void isQuick() {
        Strategy strategy = strategy();
        Candidate candidate = SampleCandidate.ready("node-1").loaded(7, 3);

        assertThat(Pace.of(() -> strategy.score(candidate, TASK))).isLessThan(Pace.ALLOWED);
    }

    private static List<Long> scores(Strategy strategy) {
        return PlacementSamples.candidates().stream()
                .map(candidate -> strategy.score(candidate, TASK))
                .toList();
    }
}
