package io.skep.scheduler;

import io.skep.api.scheduling.Placement;
import io.skep.api.scheduling.Strategy;
import io.skep.contracts.table.TextTable;
import io.skep.strategy.binpack.BinpackStrategy;
import io.skep.strategy.random.RandomStrategy;
import io.skep.strategy.spread.SpreadStrategy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PlacementTableTest {
    @TestFactory
    Stream<DynamicTest> places() {
        return TextTable.scenarios("tables/placement.txt", PlacementTableTest::scenario);
    }

    private static Function<String, String> scenario() {
        ClusterScript script = new ClusterScript();
        HeapScheduler scheduler = scheduler();
        return input -> {
            input.lines().forEach(script::run);
            List<Placement> answers =
                    scheduler.place(script.cluster(), script.cluster().unassigned(), ClusterScript.NOW);
            script.apply(answers);
            return script.describe(answers);
        };
    }

    static HeapScheduler scheduler() {
        HeapScheduler scheduler = new HeapScheduler();
        scheduler.bindStrategy(new SpreadStrategy(), Map.of(Strategy.PROPERTY, "spread"));
        scheduler.bindStrategy(new BinpackStrategy(), Map.of(Strategy.PROPERTY, "binpack"));
        scheduler.bindStrategy(new RandomStrategy(), Map.of(Strategy.PROPERTY, "random"));
        return scheduler;
    }
}
