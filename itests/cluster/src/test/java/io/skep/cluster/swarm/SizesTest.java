package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.TestLab;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A swarm grows from one manager to seven and shrinks to three, while somebody writes. */
@Tag("faults")
@Timeout(400)
class SizesTest {
    private static final int MOST = 7;
    private static final int LEAST = 3;
    private static final int SOME = 5;

    @RegisterExtension
    final TestLab lab = TestLab.of(LabSpec.of(MOST));

    @Test
    void managersComeAndGoWhileTheSwarmWorks() throws InterruptedException {
        lab.get().up();
        Swarm swarm = Swarm.found(lab.get(), 1);
        Host first = lab.host(1);
        Writes writes = Writes.begin(List.of(first), "sizes");
        for (int size = 2; size <= MOST; size++) {
            swarm.join(lab.host(size), "manager");
            writes.awaitMore(SOME);
        }
        Swarm.awaitAt(first, "all are ready", () -> Swarm.ready(first) == MOST);
        List<Host> others = List.of(lab.host(6), lab.host(7));
        others.forEach(Host::powerOff);
        lab.host(5).powerOff();
        writes.awaitMore(SOME);
        for (int size = MOST; size > LEAST; size--) {
            Host gone = lab.host(size);
            first.skep("swarm:node-demote", gone.name()).text();
            writes.awaitMore(SOME);
        }
        writes.end();
        assertThat(writes.failures()).isEmpty();
        for (Host manager : lab.get().hosts().subList(0, LEAST)) {
            assertThat(writes.lost(manager)).as(manager.name()).isEqualTo(Set.of());
        }
    }
}
