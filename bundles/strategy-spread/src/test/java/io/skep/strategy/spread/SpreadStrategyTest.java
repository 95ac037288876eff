package io.skep.strategy.spread;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.scheduling.Strategy;
import io.skep.contracts.scheduling.PlacementSamples;
import io.skep.contracts.scheduling.SampleCandidate;
import io.skep.contracts.scheduling.StrategyContract;
import org.junit.jupiter.api.Test;

class SpreadStrategyTest extends StrategyContract {
    @Override
    protected Strategy strategy() {
        return new SpreadStrategy();
    }

    @Test
    void fewestTasksOfTheServiceComeFirstWhateverElseRuns() {
        assertThat(score(90, 0)).isLessThan(score(1, 1));
    }

    @Test
    void fewestTasksOfAllBreakTheTie() {
        assertThat(score(2, 1)).isLessThan(score(3, 1));
    }

    private long score(int tasks, int ofService) {
        return strategy().score(SampleCandidate.ready("node").loaded(tasks, ofService), PlacementSamples.task("task"));
    }
}
