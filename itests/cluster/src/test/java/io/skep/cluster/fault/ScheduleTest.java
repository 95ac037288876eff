package io.skep.cluster.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.cluster.fault.Schedule.Timed;
import io.skep.cluster.lab.LabSpec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final LabSpec LAB = LabSpec.of(5).withDisks(256).withClock(2);

    @Test
    void aScheduleIsText() {
        Schedule schedule = Schedule.parse("""
                # the leader, then one of the others
                1.500 off 1
                0.250 slow 2 50 20 0.050 0.010 42   # bad
                4 up 1
                4.001 isolate 1,3
                """);
        assertThat(schedule.text()).isEqualTo("""
                        0.250 slow 2 50 20 0.050 0.010 42
                        1.500 off 1
                        4.000 up 1
                        4.001 isolate 1,3
                        """);
    }

    @Test
    void whatIsNoFaultIsRefused() {
        assertThatThrownBy(() -> Fault.parse("explode 1")).hasMessage("no fault is called explode");
        assertThatThrownBy(() -> Fault.parse("cut 1")).hasMessage("it is written: cut A B");
    }

    @Test
    void aSeedMakesTheSameScheduleAgainAndItsTextToo() {
        Schedule schedule = Plan.make(7, LAB, LONG);
        assertThat(Plan.make(7, LAB, LONG)).isEqualTo(schedule);
        assertThat(Plan.make(8, LAB, LONG)).isNotEqualTo(schedule);
        assertThat(Schedule.parse(schedule.text())).isEqualTo(schedule);
    }

    @Test
    void everythingHappensSometime() {
        Set<Deed> deeds = EnumSet.noneOf(Deed.class);
        Plan.make(1, LAB, LONG)
                .faults()
                .forEach(timed -> deeds.add(timed.fault().deed()));
        assertThat(deeds).containsExactlyInAnyOrder(Deed.values());
    }

    @Test
    void whatALabCannotDoIsLeftOut() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(Plan.make(seed, LabSpec.of(1), LONG).faults())
                    .extracting(timed -> timed.fault().deed())
                    .doesNotContain(Deed.CUT, Deed.SLOW, Deed.FILL, Deed.CLOCK);
        }
    }

    @Test
    void atTheEndEveryHostIsUp() {
        for (long seed = 0; seed < 50; seed++) {
            Map<String, Integer> without = new HashMap<>();
            for (Timed timed : Plan.make(seed, LAB, LONG).faults()) {
                switch (timed.fault().deed()) {
                    case OFF, KILL, PAUSE, ALL_OFF -> without.merge(host(timed), 1, Integer::sum);
                    case UP, START, RESUME, ALL_UP -> without.merge(host(timed), -1, Integer::sum);
                    default -> {}
                }
                assertThat(without.values()).allMatch(count -> count == 0 || count == 1);
            }
            assertThat(without.values()).as("seed %s", seed).containsOnly(0);
        }
    }

    private static String host(Timed timed) {
        List<String> words = timed.fault().words();
        return words.isEmpty() ? "all" : words.get(0);
    }
}
