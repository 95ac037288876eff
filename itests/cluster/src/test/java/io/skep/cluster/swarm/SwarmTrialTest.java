package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.fault.Plan;
import io.skep.cluster.fault.Schedule;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.TestLab;
import io.skep.cluster.trial.Trial;
import io.skep.cluster.trial.Trial.Findings;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three managers, whatever happens to them: one history, no write lost, one leader a term, the same state in the end, in which each slot runs once. */
@Tag("trial")
class SwarmTrialTest {
    private static final LabSpec SPEC = LabSpec.of(3).withDisks(384).withClock(2);
    private static final int CLIENTS = 6;
    private static final String SERVICE = "real";
    private static final int REPLICAS = 4;

    private static final Duration SCHEDULE = Duration.ofSeconds(30);
    /** Between the seeds of two schedules of a long trial. */
    private static final long STRIDE = 1000;

    @RegisterExtension
    final TestLab lab = TestLab.of(SPEC);

    private final StringBuilder brought = new StringBuilder();
    private long seed = Long.getLong("skep.cluster.seed", 1);

    @Test
    @Timeout(360)
    void aShortOne() throws Exception {
        run(Duration.ZERO);
    }

    /** The faults and what they need last longer on a slow machine, so this counts minutes and not faults. */
    @Test
    @Tag("long")
    @Timeout(3600)
    void aLongOne() throws Exception {
        run(Duration.ofMinutes(Integer.getInteger("skep.trial.minutes", 30)));
    }

    private void run(Duration atLeast) throws Exception {
        Swarm swarm = Swarm.form(lab.get(), 3);
        Trial trial = new Trial(lab.get(), swarm.managers(), seed, System.out::println);
        trial.prepare();
        Swarm.serve(lab.host(1), SERVICE, REPLICAS);
        Findings findings = trial.run(this::next, atLeast, CLIENTS);
        System.out.println(findings);
        trial.notes().forEach(System.out::println);
        assertThat(findings.violations()).as(brought.toString()).isEmpty();
        Swarm.awaitSlots(lab.host(1), swarm.managers(), SERVICE, REPLICAS);
    }

    private Schedule next() {
        Schedule schedule = Plan.make(seed, SPEC, SCHEDULE);
        String text = "seed " + seed + " brings\n" + schedule.text();
        System.out.println(text);
        brought.append(text);
        seed += STRIDE;
        return schedule;
    }
}
