package io.skep.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.Assignment;
import io.skep.api.network.SandboxConfig;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.runtime.ContainerConfig.Limits;
import io.skep.api.runtime.ContainerConfig.LogLimits;
import io.skep.model.ContainerSpec;
import io.skep.model.Endpoint;
import io.skep.model.EndpointSpec;
import io.skep.model.LogDriver;
import io.skep.model.NetworkAttachment;
import io.skep.model.PortConfig;
import io.skep.model.TaskSpec;
import io.skep.model.TaskState;
import io.skep.model.VirtualIp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an assignment asks of network driver and runtime, and how the task is reached. */
class PlansTest {
    private static final String ID = "abcdefghijklmnopqrstuvwxy";
    private static final List<NetworkAttachment> TWO =
            List.of(new NetworkAttachment("front", "10.1.0.7"), new NetworkAttachment("back", "10.1.0.8"));

    private static Assignment full(Assignment plain, EndpointSpec.Mode mode) {
        return new Assignment(
                plain.task(),
                plain.serviceLabels(),
                plain.networks(),
                mode,
                plain.ports(),
                List.of(new VirtualIp("back", "10.1.0.250")),
                Optional.empty());
    }

    private static Assignment full() {
        return full(
                Samples.of(
                        Samples.task(ID, TaskState.RUNNING, Samples.full(), TWO),
                        List.of(Samples.network("front"), Samples.network("back"))),
                EndpointSpec.Mode.VIP);
    }

    private static Assignment bare() {
        return Samples.of(
                Samples.task(ID, TaskState.RUNNING, TaskSpec.of(ContainerSpec.of("web:1")), List.of()), List.of());
    }

    @Test
    void aSandboxHasTheNetworksInTheirOrder() {
        SandboxConfig sandbox = ContainerPlan.sandbox(full());
        assertThat(sandbox.id()).isEqualTo(ID);
        assertThat(sandbox.attachments())
                .containsExactly(
                        new SandboxConfig.Attachment(
                                "front", "front-name", "10.1.0.0/24", "10.1.0.1", "10.1.0.7", false),
                        new SandboxConfig.Attachment(
                                "back", "back-name", "10.1.0.0/24", "10.1.0.1", "10.1.0.8", false));
    }

    @Test
    void anAddressBelongsToItsNetworkThoughAnotherIsNotKnown() {
        Assignment partial = Samples.of(full().task(), List.of(Samples.network("back")));
        assertThat(ContainerPlan.sandbox(partial).attachments())
                .extracting(SandboxConfig.Attachment::networkId, SandboxConfig.Attachment::address)
                .containsExactly(Tuple.tuple("back", "10.1.0.8"));
        assertThat(EndpointPlan.endpoint(partial).attachments())
                .extracting(Endpoint.Attachment::address)
                .containsExactly("10.1.0.8");
    }

    @Test
    void aContainerIsEverythingThatTheSpecSays() {
        ContainerConfig config = ContainerPlan.container(full(), Optional.of(Path.of("/ns")), List.of());
        assertThat(config)
                .isEqualTo(new ContainerConfig(
                        ID,
                        "shop_web.1",
                        "web:1",
                        Optional.of(List.of("/bin/web")),
                        List.of("--port", "80"),
                        List.of("A=1"),
                        Optional.of("/srv"),
                        Optional.of("web"),
                        Optional.of("host"),
                        Map.of(
                                "mine", "yes",
                                "com.docker.swarm.task.id", ID,
                                "com.docker.swarm.service.name", "shop_web"),
                        Samples.full().containerSpec().mounts(),
                        new Limits(500_000_000, 64 << 20, 9),
                        Optional.of("SIGQUIT"),
                        true,
                        true,
                        Optional.of(Path.of("/ns")),
                        List.of("10.1.0.1"),
                        List.of(),
                        Map.of("db", "10.9.9.9"),
                        new LogLimits(1 << 20, 2)));
    }

    @Test
    void whatTheSpecLeavesOpenIsTheImagesChoice() {
        ContainerConfig config = ContainerPlan.container(bare(), Optional.empty(), List.of());
        assertThat(config.entrypoint()).isEmpty();
        assertThat(config.workingDirectory()).isEmpty();
        assertThat(config.user()).isEmpty();
        assertThat(config.stopSignal()).isEmpty();
        assertThat(config.hostname()).contains("abcdefghijkl");
        assertThat(config.nameservers()).isEmpty();
        assertThat(config.limits()).isEqualTo(Limits.NONE);
        assertThat(config.logs()).isEqualTo(LogLimits.STANDARD);
    }

    @Test
    void theLogDriverNoneKeepsNothing() {
        TaskSpec spec = TaskSpec.of(ContainerSpec.of("web:1")).withLogDriver(new LogDriver(LogDriver.NONE, Map.of()));
        Assignment assignment = Samples.of(Samples.task(ID, TaskState.RUNNING, spec, List.of()), List.of());
        assertThat(ContainerPlan.container(assignment, Optional.empty(), List.of())
                        .logs())
                .isEqualTo(LogLimits.NOTHING);
    }

    @Test
    void anEndpointIsFoundByTheServicesNameItsShortNameAndItsAliases() {
        Endpoint endpoint = EndpointPlan.endpoint(full());
        assertThat(endpoint.attachments()).hasSize(2);
        Endpoint.Attachment front = endpoint.attachments().get(0);
        assertThat(front.address()).isEqualTo("10.1.0.7");
        assertThat(front.virtualAddress()).isEmpty();
        assertThat(front.aliases()).containsExactly("shop_web", "web", "www");
        assertThat(front.names()).containsExactly("shop_web.1", "tasks.shop_web", "tasks.web");
        assertThat(endpoint.attachments().get(1).virtualAddress()).isEqualTo("10.1.0.250");
        assertThat(endpoint.attachments().get(1).aliases()).containsExactly("shop_web", "web");
    }

    @Test
    void portsAreReachedAtTheFirstNetwork() {
        assertThat(EndpointPlan.endpoint(full()).ports())
                .containsExactly(new Endpoint.Port("tcp", 8080, 80, "10.1.0.7", PortConfig.PublishMode.INGRESS));
        assertThat(EndpointPlan.endpoint(bare()).ports()).isEmpty();
    }

    @Test
    void aServiceInTurnHasNoVirtualAddress() {
        assertThat(EndpointPlan.endpoint(full(full(), EndpointSpec.Mode.DNSRR)).attachments())
                .extracting(Endpoint.Attachment::virtualAddress)
                .containsOnly("");
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 4096",
        "500k, 512000",
        "10m, 10485760",
        "10M, 10485760",
        "10mb, 10485760",
        "1g, 1073741824",
        "'', 7",
        "-1, 7",
        "ten, 7",
        "1.5m, 7",
        "999999999999g, 4611686018427387904"
    })
    void aLogSize(String text, long bytes) {
        assertThat(LogSize.bytes(text, 7)).isEqualTo(bytes);
    }
}
