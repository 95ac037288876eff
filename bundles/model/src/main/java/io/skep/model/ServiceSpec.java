package io.skep.model;

import java.util.Map;

/**
 * What an operator asks of a service (Docker Engine API, {@code ServiceSpec}).
 *
 * @param name DNS label, at most 63 characters
 * @param labels of the service
 * @param taskTemplate what its tasks are made from
 * @param mode how many
 * @param updateConfig for a changed spec
 * @param rollbackConfig for going back
 * @param endpointSpec how it is reached
 */
public record ServiceSpec(
        String name,
        Map<String, String> labels,
        TaskSpec taskTemplate,
        ServiceMode mode,
        UpdateConfig updateConfig,
        UpdateConfig rollbackConfig,
        EndpointSpec endpointSpec) {
    public ServiceSpec {
        labels = Sorted.copy(labels);
    }

    /** A service with everything else at Docker's defaults. */
    public static ServiceSpec of(String name, TaskSpec task, ServiceMode mode) {
        return new ServiceSpec(
                name, Map.of(), task, mode, UpdateConfig.STANDARD, UpdateConfig.STANDARD, EndpointSpec.STANDARD);
    }

    /** The same with another mode. */
    public ServiceSpec withMode(ServiceMode other) {
        return new ServiceSpec(name, labels, taskTemplate, other, updateConfig, rollbackConfig, endpointSpec);
    }

    /** The same with another task template. */
    public ServiceSpec withTaskTemplate(TaskSpec other) {
        return new ServiceSpec(name, labels, other, mode, updateConfig, rollbackConfig, endpointSpec);
    }

    /** The same, reached in another way. */
    public ServiceSpec withEndpointSpec(EndpointSpec other) {
        return new ServiceSpec(name, labels, taskTemplate, mode, updateConfig, rollbackConfig, other);
    }
}
