package io.skep.cluster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImpairmentTest {
    private static final int FRAMES = 10_000;

    private static List<List<Long>> fates(Impairment impairment, long seed) {
        Random chance = new Random(seed);
        List<List<Long>> fates = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            fates.add(impairment.fate(chance));
        }
        return fates;
    }

    @Test
    void aSlowLinkDelaysEveryFrameByTheSame() {
        assertThat(fates(Impairment.delay(Duration.ofMillis(5)), 1)).containsOnly(List.of(5_000_000L));
    }

    @Test
    void aLossyLinkLosesItsShare() {
        long lost =
                fates(Impairment.loss(0.1), 2).stream().filter(List::isEmpty).count();
        assertThat(lost).isBetween(900L, 1100L);
    }

    @Test
    void framesArriveTwiceByTheirShareAndOvertakeOneAnother() {
        Impairment bad = new Impairment(Duration.ofMillis(1), Duration.ofMillis(9), 0, 0.2);
        List<List<Long>> fates = fates(bad, 3);
        assertThat(fates.stream().filter(copies -> copies.size() == 2).count()).isBetween(1900L, 2100L);
        assertThat(fates.stream().flatMap(List::stream)).allMatch(nanos -> nanos >= 1_000_000 && nanos < 10_000_000);
        assertThat(fates.stream().map(copies -> copies.get(0)).distinct().count())
                .isGreaterThan(FRAMES / 2);
    }

    @Test
    void aSeedRepeatsIt() {
        Impairment bad = new Impairment(Duration.ofMillis(1), Duration.ofMillis(9), 0.1, 0.1);
        assertThat(fates(bad, 4)).isEqualTo(fates(bad, 4)).isNotEqualTo(fates(bad, 5));
    }
}
