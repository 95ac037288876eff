package io.skep.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.NodeNetwork;
import io.skep.api.network.SegmentConfig;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule that says which networks stand on a node. */
final class SegmentPlanTest {
    @Test
    void networksOfPortsStandWithoutTasks() {
        NodeNetwork ingress = new NodeNetwork(network("ingress", 4096), "10.255.0.9");
        assertThat(SegmentPlan.of(List.of(ingress), List.of(), "192.0.2.1"))
                .containsExactly(new SegmentConfig(
                        "ingress", "ingress", "10.255.0.0/24", "10.255.0.9", false, 4096, "192.0.2.1"));
    }

    @Test
    void aNetworkOfOneNodeHasNoUnderlay() {
        NodeNetwork local = new NodeNetwork(network("local", 0), "10.255.0.9");
        assertThat(SegmentPlan.of(List.of(local), List.of(), "192.0.2.1"))
                .extracting(SegmentConfig::underlay)
                .containsExactly("");
    }

    @Test
    void aNetworkOfTasksIsNamedOnce() {
        var assignment = Samples.assignment("task1aaaaaaaaaaaaaaaaaaaa");
        List<SegmentConfig> segments =
                SegmentPlan.of(assignment.networks(), List.of(assignment, assignment), "192.0.2.1");
        assertThat(segments).hasSameSizeAs(assignment.networks()).isNotEmpty();
    }

    private static Network network(String id, int vni) {
        return new Network(id, Instant.EPOCH, NetworkSpec.of(id), "10.255.0.0/24", "10.255.0.1", vni, false);
    }
}
