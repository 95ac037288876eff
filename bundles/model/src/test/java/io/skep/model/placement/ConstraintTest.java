package io.skep.model.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Platform;
import io.skep.model.Resources;
import io.skep.model.SkepException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Node NODE = node(
            Optional.of(new NodeDescription(
                    "Web-1",
                    new Platform("amd64", "linux"),
                    Resources.NONE,
                    "1",
                    Map.of("disk", "SSD"),
                    List.of("oci"),
                    List.of())),
            "172.16.3.7");
    private static final Node UNHEARD = node(Optional.empty(), "");

    private static Node node(Optional<NodeDescription> description, String addr) {
        return new Node(
                "n1",
                T0,
                T0,
                new NodeSpec("", Map.of("zone", "a", "Rack", "7"), NodeRole.WORKER, NodeSpec.Availability.ACTIVE),
                description,
                new NodeStatus(NodeStatus.State.READY, "", addr),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "node.id==n1, true",
        "node.id==N1, true",
        "node.id!=n1, false",
        "NODE.ID==n1, true",
        "node.hostname == web-1, true",
        "node.hostname==web-*, false",
        "node.role==worker, true",
        "node.role!=manager, true",
        "node.role==manager, false",
        "node.platform.os==Linux, true",
        "node.platform.arch==x86_64, true",
        "node.platform.arch!=aarch64, true",
        "node.labels.zone==A, true",
        "node.labels.zone!=a, false",
        "node.labels.ZONE==a, false",
        "Node.Labels.Rack==7, true",
        "node.labels.none!=a, true",
        "node.labels.none==a, false",
        "engine.labels.disk==ssd, true",
        "engine.labels.disk!=hdd, true",
        "node.ip==172.16.3.7, true",
        "node.ip!=172.16.3.7, false",
        "node.ip==172.16.0.0/16, true",
        "node.ip==172.17.0.0/16, false",
        "node.ip!=172.17.0.0/16, true",
        "node.ip==172.16.3.0/33, false",
        "node.ip!=nonsense, false",
        "node.unknown==a, false",
        "node.unknown!=a, false",
        "node.labels.==a, false",
    })
    void matches(String constraint, boolean expected) {
        assertThat(Constraint.parse(constraint).matches(NODE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "node.hostname==web-1, false",
        "node.hostname!=web-1, true",
        "engine.labels.disk!=ssd, true",
        "node.platform.os==linux, false",
        "node.ip==10.0.0.1, false",
        "node.ip!=10.0.0.1, true",
    })
    void whatANodeLacksEqualsTheEmptyString(String constraint, boolean expected) {
        assertThat(Constraint.parse(constraint).matches(UNHEARD)).isEqualTo(expected);
    }

    @Test
    void knowsIpv6() {
        Node six = node(Optional.empty(), "2001:db8::7");
        assertThat(Constraint.parse("node.ip==2001:DB8:0::/48").matches(six)).isTrue();
        assertThat(Constraint.parse("node.ip==10.0.0.0/8").matches(six)).isFalse();
    }

    @Test
    void allMustHold() {
        List<Constraint> both = Constraint.parse(List.of("node.labels.zone==a", "node.role==manager"));
        assertThat(Constraint.allMatch(both, NODE)).isFalse();
        assertThat(Constraint.allMatch(List.of(), NODE)).isTrue();
    }

    @Test
    void printsAsItIsWritten() {
        assertThat(Constraint.parse(" node.role  != manager ")).hasToString("node.role!=manager");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node.id",
                "node.id=n1",
                "node.id>n1",
                "==a",
                "1node==a",
                "n==a",
                "node id==a",
                "node.id==",
                "node.id==a;b"
            })
    void refusesWhatIsMalformed(String text) {
        assertThatThrownBy(() -> Constraint.parse(text))
                .isInstanceOf(SkepException.class)
                .hasMessageContaining("constraint \"" + text + "\"");
    }
}
