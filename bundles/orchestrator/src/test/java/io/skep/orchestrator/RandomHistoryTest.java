package io.skep.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Random lives of a cluster; {@code -Dskep.seed=7} repeats one and {@code -Dskep.seeds=1000} lives more of them. */
class RandomHistoryTest {
    private static final int EVENTS = 80;

    @TestFactory
    Stream<DynamicTest> convergesWhateverHappened() {
        Long one = Long.getLong("skep.seed");
        LongStream seeds = one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("skep.seeds", 60));
        return seeds.mapToObj(
                seed -> DynamicTest.dynamicTest("-Dskep.seed=" + seed, () -> new RandomHistory(seed).run(EVENTS)));
    }

    @Test
    void theSameSeedLivesTheSameLife() {
        List<String> once = new RandomHistory(42).run(EVENTS);
        assertThat(new RandomHistory(42).run(EVENTS)).isEqualTo(once);
    }
}
