package org.example.skep.cheapest;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.scheduling.Candidate;
import io.skep.api.scheduling.Strategy;
import io.skep.contracts.scheduling.PlacementSamples;
import io.skep.contracts.scheduling.SampleCandidate;
import io.skep.contracts.scheduling.StrategyContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheapestStrategyTest extends StrategyContract {
    @Override
    protected Strategy strategy() {
        return new CheapestStrategy();
    }

    @Test
    void theCheapestNodeComesFirstHoweverFull() {
        assertThat(score(priced("9").loaded(500, 500))).isLessThan(score(priced("10")));
    }

    @Test
    void equallyCheapNodesAreFilledEvenly() {
        assertThat(score(priced("9").loaded(1, 0))).isLessThan(score(priced("9").loaded(2, 0)));
    }

    @Test
    void aNodeWithoutAReadablePriceComesLast() {
        long dearest = score(priced("999999999"));
        assertThat(score(SampleCandidate.ready("node"))).isGreaterThan(dearest);
        assertThat(score(priced("free"))).isGreaterThan(dearest);
        assertThat(score(priced("-1"))).isGreaterThan(dearest);
    }

    private static SampleCandidate priced(String price) {
        return SampleCandidate.ready("node").labelled(Map.of("price", price));
    }

    private long score(Candidate candidate) {
        return strategy().score(candidate, PlacementSamples.task("task"));
    }
}
