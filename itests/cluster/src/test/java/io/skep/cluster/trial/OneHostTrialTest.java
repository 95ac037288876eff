package io.skep.cluster.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.fault.Plan;
import io.skep.cluster.fault.Schedule;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.TestLab;
import io.skep.cluster.trial.Trial.Findings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A swarm of one host whose node is killed, whose power is cut and whose disk fills up forgets nothing that it acknowledged. */
@Timeout(180)
class OneHostTrialTest {
    private static final LabSpec SPEC = LabSpec.of(1).withDisks(384);
    private static final long SEED = Long.getLong("skep.cluster.seed", 1);
    private static final int CLIENTS = 4;

    @RegisterExtension
    final TestLab lab = TestLab.of(SPEC);

    @Test
    void whatWasAcknowledgedIsThere() throws Exception {
        Host host = lab.host(1);
        host.up();
        host.skep("swarm:init", "--advertise-addr", host.address()).text();
        Schedule schedule = Plan.make(SEED, SPEC, Duration.ofSeconds(20));
        Trial trial = new Trial(lab.get(), List.of(host), SEED, System.out::println);
        trial.prepare();
        Findings findings = trial.run(schedule, CLIENTS);
        System.out.println(findings);
        trial.notes().forEach(System.out::println);
        assertThat(findings.violations())
                .as("seed %s, which brings\n%s", SEED, schedule.text())
                .isEmpty();
        assertThat(findings.operations()).isGreaterThan(100);
    }
}
