package io.skep.cluster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.cluster.lab.Host;
import io.skep.cluster.lab.LabSpec;
import io.skep.cluster.lab.TestLab;
import io.skep.cluster.lab.Watch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Containers on one host, through what can happen to it. */
@Timeout(180)
class OneHostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SERVICE = "waiting";
    private static final int REPLICAS = 3;

    @RegisterExtension
    final TestLab lab = TestLab.of(LabSpec.of(1));

    @Test
    void containersOutliveTheNodeAndComeBackAfterAPowerCut() throws InterruptedException {
        Host host = lab.host(1);
        host.up();
        host.skep("swarm:init", "--advertise-addr", host.address()).text();
        Image.load(host);
        host.skep("swarm:service-create", "--name", SERVICE, "--replicas", "" + REPLICAS, Image.NAME)
                .text();
        assertThat(violations(host)).isEmpty();
        List<String> before = Containers.on(host);

        host.killNode();
        assertThat(Containers.on(host)).containsExactlyInAnyOrderElementsOf(before);
        host.startNode();
        assertThat(violations(host)).isEmpty();
        assertThat(Containers.on(host)).containsExactlyInAnyOrderElementsOf(before);

        host.powerOff();
        host.up();
        try (Watch watch = Watch.of(host)) {
            watch.until("all run again", PATIENCE, () -> violations(host).isEmpty());
        }
        assertThat(Containers.on(host)).doesNotContainAnyElementsOf(before);
    }

    private static List<String> violations(Host host) {
        return Containers.violations(host, List.of(host), SERVICE, REPLICAS);
    }
}
