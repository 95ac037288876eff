package io.skep.model;

import java.util.Map;
import java.util.Optional;

/**
 * What an operator asks of a service (Docker Engine API, {@code ServiceSpec}).
 *
 * @param name DNS label, at most 63 characters
 * @param labels of the service
 * @param taskTemplate what its tasks are made from
 * @param mode how many
 * @param updateConfig for a changed spec, and for tasks that leave a drained node; empty when nobody said, see {@link #updatePolicy}
 * @param rollbackConfig for going back
 * @param endpointSpec how it is reached
 */
public record ServiceSpec(
        String name,
        Map<String, String> labels,
        TaskSpec taskTemplate,
        ServiceMode mode,
        Optional<UpdateConfig> updateConfig,
        UpdateConfig rollbackConfig,
        EndpointSpec endpointSpec) {
    public ServiceSpec {
        labels = Sorted.copy(labels);
    }

    /** A service with everything else at Docker's defaults. */
    public static ServiceSpec of(String name, TaskSpec task, ServiceMode mode) {
        return new ServiceSpec(
                name, Map.of(), task, mode, Optional.empty(), UpdateConfig.STANDARD, EndpointSpec.STANDARD);
    }

    /** How tasks are replaced when the spec changes: as was said, or else as Docker does. */
    public UpdateConfig updatePolicy() {
        return updateConfig.orElse(UpdateConfig.STANDARD);
    }

    /** The same with another mode. */
    public ServiceSpec withMode(ServiceMode other) {
        return new ServiceSpec(name, labels, taskTemplate, other, updateConfig, rollbackConfig, endpointSpec);
    }

    /** The same with another task template. */
    public ServiceSpec withTaskTemplate(TaskSpec other) {
        return new ServiceSpec(name, labels, other, mode, updateConfig, rollbackConfig, endpointSpec);
    }

    /** The same, updated in another way. */
    public ServiceSpec withUpdateConfig(Optional<UpdateConfig> other) {
        return new ServiceSpec(name, labels, taskTemplate, mode, other, rollbackConfig, endpointSpec);
    }

    /** The same, reached in another way. */
    public ServiceSpec withEndpointSpec(EndpointSpec other) {
        return new ServiceSpec(name, labels, taskTemplate, mode, updateConfig, rollbackConfig, other);
    }
}
