package io.skep.parts;

import io.skep.model.ContainerSpec;
import io.skep.model.LogDriver;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.Placement;
import io.skep.model.ResourceRequirements;
import io.skep.model.RestartPolicy;
import io.skep.model.ServiceMode;
import io.skep.model.ServiceSpec;
import io.skep.model.TaskSpec;
import io.skep.model.UpdateConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services for tests, which restart and update faster than people would want. */
public final class Specs {
    private static final RestartPolicy RESTART =
            new RestartPolicy(RestartPolicy.Condition.ANY, Duration.ofMillis(200), 0, Duration.ZERO);
    private static final UpdateConfig UPDATE = new UpdateConfig(
            1,
            Duration.ZERO,
            UpdateConfig.FailureAction.PAUSE,
            Duration.ofMillis(50),
            0,
            UpdateConfig.Order.STOP_FIRST);

    private Specs() {}

    public static ServiceSpec web(int replicas) {
        return service("web", replicas, "web:1", List.of(), List.of());
    }

    public static ServiceSpec service(
            String name, int replicas, String image, List<String> program, List<String> networks) {
        ContainerSpec plain = ContainerSpec.of(image);
        ContainerSpec container = new ContainerSpec(
                image,
                List.of(),
                program,
                List.of(),
                "",
                "",
                "",
                Map.of(),
                List.of(),
                "",
                plain.stopGracePeriod(),
                false,
                false,
                Map.of());
        TaskSpec task = new TaskSpec(
                container,
                ResourceRequirements.NONE,
                RESTART,
                Placement.ANYWHERE,
                networks.stream()
                        .map(network -> new NetworkAttachmentConfig(network, List.of()))
                        .toList(),
                LogDriver.STANDARD,
                "",
                0);
        ServiceSpec spec = ServiceSpec.of(name, task, ServiceMode.replicated(replicas));
        return new ServiceSpec(
                name, Map.of(), spec.taskTemplate(), spec.mode(), Optional.of(UPDATE), UPDATE, spec.endpointSpec());
    }
}
