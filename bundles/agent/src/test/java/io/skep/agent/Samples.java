package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.NodeNetwork;
import io.skep.model.ContainerSpec;
import io.skep.model.EndpointSpec;
import io.skep.model.LogDriver;
import io.skep.model.Mount;
import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.NetworkSpec;
import io.skep.model.Placement;
import io.skep.model.PortConfig;
import io.skep.model.ResourceRequirements;
import io.skep.model.Resources;
import io.skep.model.RestartPolicy;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import io.skep.model.TaskState;
import io.skep.model.TaskStatus;
import io.skep.model.VirtualIp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Assignments for tests. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final String NODE = "node1";

    private Samples() {}

    /** A task with one network, whose program is as {@code SimulatedRuntime} understands it. */
    static Assignment assignment(String id, String... args) {
        return assignment(id, TaskState.RUNNING, List.of(args), "10.1.0.7");
    }

    static Assignment assignment(String id, TaskState desired, List<String> args, String address) {
        ContainerSpec spec = container(ContainerSpec.of("web:1"), args);
        TaskSpec template =
                TaskSpec.of(spec).withNetworks(List.of(new NetworkAttachmentConfig("net", List.of("alias"))));
        return of(task(id, desired, template, List.of(new NetworkAttachment("net", address))), List.of(network("net")));
    }

    static ContainerSpec container(ContainerSpec plain, List<String> args) {
        return new ContainerSpec(
                plain.image(),
                plain.command(),
                args,
                plain.env(),
                plain.dir(),
                plain.user(),
                plain.hostname(),
                plain.labels(),
                plain.mounts(),
                plain.stopSignal(),
                plain.stopGracePeriod(),
                plain.readOnly(),
                plain.init(),
                plain.hosts());
    }

    static Task task(String id, TaskState desired, TaskSpec spec, List<NetworkAttachment> attachments) {
        return new Task(
                id,
                NOW,
                "service",
                "shop_web",
                1,
                spec,
                1,
                NODE,
                true,
                desired,
                Optional.empty(),
                attachments,
                "",
                0,
                false);
    }

    static Assignment of(Task task, List<Network> networks) {
        return new Assignment(
                task,
                Map.of("com.docker.stack.namespace", "shop"),
                networks.stream()
                        .map(network -> new NodeNetwork(network, network.gateway()))
                        .toList(),
                EndpointSpec.Mode.VIP,
                List.of(new PortConfig("", PortConfig.Protocol.TCP, 80, 8080, PortConfig.PublishMode.INGRESS)),
                List.of(new VirtualIp("net", "10.1.0.250")),
                Optional.empty());
    }

    static Assignment desired(Assignment before, TaskState desired) {
        return new Assignment(
                before.task().withDesiredState(desired),
                before.serviceLabels(),
                before.networks(),
                before.endpointMode(),
                before.ports(),
                before.virtualIps(),
                before.lastKnown());
    }

    static Network network(String id) {
        return new Network(id, NOW, NetworkSpec.of(id + "-name"), "10.1.0.0/24", "10.1.0.1", 0, false);
    }

    static TaskStatus status(String id, TaskState state) {
        return new TaskStatus(id, state, NOW, "", "", Optional.empty());
    }

    /** A container with a value for everything. */
    static TaskSpec full() {
        ContainerSpec spec = new ContainerSpec(
                "web:1",
                List.of("/bin/web"),
                List.of("--port", "80"),
                List.of("A=1"),
                "/srv",
                "web",
                "host",
                Map.of("mine", "yes"),
                List.of(new Mount(Mount.Type.VOLUME, "data", "/data", false, 0, 0)),
                "SIGQUIT",
                Duration.ofSeconds(3),
                true,
                true,
                Map.of("db", "10.9.9.9"));
        return new TaskSpec(
                spec,
                new ResourceRequirements(new Resources(500_000_000, 64 << 20, 9), Resources.NONE),
                RestartPolicy.STANDARD,
                Placement.ANYWHERE,
                List.of(
                        new NetworkAttachmentConfig("front", List.of("www", "web")),
                        new NetworkAttachmentConfig("back", List.of())),
                new LogDriver("", Map.of("max-size", "1m", "max-file", "2")),
                "",
                0);
    }
}
