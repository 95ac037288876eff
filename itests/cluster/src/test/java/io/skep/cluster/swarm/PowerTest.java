package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.fault.FaultRunner;
import io.skep.cluster.fault.Schedule;
import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.TestLab;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three managers lose their power all at once, again and again amid writes, and with it whatever their disks were not told to flush. */
@Tag("faults")
@Timeout(900)
class PowerTest {
    private static final int ROUNDS = Integer.getInteger("skep.power.rounds", 3);
    private static final int SOME = 10;
    private static final Schedule CUT = Schedule.parse("0 all-off\n0 all-up");

    @RegisterExtension
    final TestLab lab = TestLab.of(LabSpec.of(3).withDisks(384));

    @ParameterizedTest
    @ValueSource(strings = {"atomix", "ratis"})
    void nothingThatWasAcknowledgedIsLost(String engine) throws InterruptedException {
        Swarm swarm = Swarm.form(lab.get(), 3);
        if (!engine.equals("atomix")) {
            lab.host(1).skep("swarm:consensus-use", engine).text();
        }
        int acknowledged = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            Writes writes = Writes.begin(swarm.managers(), "round" + round);
            writes.awaitMore(SOME);
            new FaultRunner(lab.get(), System.out::println).run(CUT);
            writes.end();
            Host first = lab.host(1);
            Swarm.awaitAt(first, "all are ready", () -> Swarm.ready(first) == 3);
            for (Host manager : List.of(first, lab.host(2), lab.host(3))) {
                assertThat(writes.lost(manager)).as(manager.name()).isEmpty();
            }
            acknowledged += writes.count();
        }
        System.out.println(engine + ": none lost of " + acknowledged + " in " + ROUNDS + " cuts");
    }
}
