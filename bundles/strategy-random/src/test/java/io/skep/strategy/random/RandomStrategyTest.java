package io.skep.strategy.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.scheduling.Strategy;
import io.skep.contracts.scheduling.PlacementSamples;
import io.skep.contracts.scheduling.SampleCandidate;
import io.skep.contracts.scheduling.StrategyContract;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStrategyTest extends StrategyContract {
    private static final int NODES = 10;
    private static final int TASKS = 10_000;

    @Override
    protected Strategy strategy() {
        return new RandomStrategy();
    }

    @Test
    void everyNodeIsDrawnAboutAsOften() {
        int[] drawn = new int[NODES];
        IntStream.range(0, TASKS).forEach(task -> drawn[first("task-" + task)]++);

        assertThat(IntStream.of(drawn).boxed())
                .allSatisfy(times -> assertThat(times).isBetween(TASKS / NODES * 8 / 10, TASKS / NODES * 12 / 10));
    }

    private int first(String task) {
        return IntStream.range(0, NODES)
                .boxed()
                .min(Comparator.comparingLong(
                        node -> strategy().score(SampleCandidate.ready("node-" + node), PlacementSamples.task(task))))
                .orElseThrow();
    }
}
