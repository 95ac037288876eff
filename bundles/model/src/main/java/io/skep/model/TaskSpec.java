package io.skep.model;

import java.util.List;

/**
 * What a task of a service is made from; tasks of one version share it.
 *
 * @param containerSpec what runs
 * @param resources limits and reservations
 * @param restartPolicy after an end
 * @param placement where
 * @param networks in order; the first carries the default route
 * @param logDriver for the output
 * @param runtime the container runtime's name; empty is the node's default
 * @param forceUpdate raised to replace tasks that have not changed
 */
public record TaskSpec(
        ContainerSpec containerSpec,
        ResourceRequirements resources,
        RestartPolicy restartPolicy,
        Placement placement,
        List<NetworkAttachmentConfig> networks,
        LogDriver logDriver,
        String runtime,
        long forceUpdate) {
    public TaskSpec {
        networks = List.copyOf(networks);
    }

    /** Runs an image anywhere with Docker's defaults. */
    public static TaskSpec of(ContainerSpec container) {
        return new TaskSpec(
                container,
                ResourceRequirements.NONE,
                RestartPolicy.STANDARD,
                Placement.ANYWHERE,
                List.of(),
                LogDriver.STANDARD,
                "",
                0);
    }

    /** The same on other networks. */
    public TaskSpec withNetworks(List<NetworkAttachmentConfig> others) {
        return new TaskSpec(
                containerSpec, resources, restartPolicy, placement, others, logDriver, runtime, forceUpdate);
    }

    /** The same for another container. */
    public TaskSpec withContainer(ContainerSpec other) {
        return new TaskSpec(other, resources, restartPolicy, placement, networks, logDriver, runtime, forceUpdate);
    }

    /** The same, to be given to new tasks though nothing else changed. */
    public TaskSpec forced() {
        return new TaskSpec(
                containerSpec, resources, restartPolicy, placement, networks, logDriver, runtime, forceUpdate + 1);
    }

    /** The same with its output kept otherwise. */
    public TaskSpec withLogDriver(LogDriver other) {
        return new TaskSpec(containerSpec, resources, restartPolicy, placement, networks, other, runtime, forceUpdate);
    }

    /** The same for another container runtime. */
    public TaskSpec withRuntime(String name) {
        return new TaskSpec(containerSpec, resources, restartPolicy, placement, networks, logDriver, name, forceUpdate);
    }
}
