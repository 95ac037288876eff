package io.skep.strategy.binpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Strategy;
import io.skep.contracts.scheduling.PlacementSamples;
import io.skep.contracts.scheduling.SampleCandidate;
import io.skep.contracts.scheduling.StrategyContract;
import io.skep.model.Resources;
import org.junit.jupiter.api.Test;

class BinpackStrategyTest extends StrategyContract {
    private static final SampleCandidate IDLE = SampleCandidate.ready("node");
    private static final long ALL_CPUS = IDLE.capacity().nanoCpus();
    private static final long ALL_MEMORY = IDLE.capacity().memoryBytes();

    @Override
    protected Strategy strategy() {
        return new BinpackStrategy();
    }

    @Test
    void theFullestNodeComesFirst() {
        assertThat(score(IDLE.left(new Resources(ALL_CPUS / 4, ALL_MEMORY, 0))))
                .isLessThan(score(IDLE.left(new Resources(ALL_CPUS / 2, ALL_MEMORY, 0))));
    }

    @Test
    void processorsAndMemoryCountAlike() {
        assertThat(score(IDLE.left(new Resources(ALL_CPUS / 2, ALL_MEMORY, 0))))
                .isEqualTo(score(IDLE.left(new Resources(ALL_CPUS, ALL_MEMORY / 2, 0))));
    }

    @Test
    void withoutReservationsTheNodeWithTheMostTasksComesFirst() {
        assertThat(score(IDLE.loaded(5, 0))).isLessThan(score(IDLE.loaded(4, 4)));
    }

    private long score(Candidate candidate) {
        return strategy().score(candidate, PlacementSamples.task("task"));
    }
}
