package io.skep.scheduler;

import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.Placement;
import io.skep.model.PortConfig;
import io.skep.model.Resources;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import java.util.List;
import java.util.Map;

/**
 * What placement may depend on: tasks of one shape are alike, whatever their service, and share the work of ranking the nodes.
 *
 * @param image for strategies that know where it is
 * @param labels of the container, for plug-ins
 * @param reservations to be subtracted
 * @param placement constraints, preferences, platforms and replicas per node
 * @param networks to be joined
 * @param runtime the container runtime's name
 * @param hostPorts of the service that a node has only once
 */
record Shape(
        String image,
        Map<String, String> labels,
        Resources reservations,
        Placement placement,
        List<NetworkAttachmentConfig> networks,
        String runtime,
        List<PortConfig> hostPorts) {

    static Shape of(Task task, List<PortConfig> hostPorts) {
        TaskSpec spec = task.spec();
        return new Shape(
                spec.containerSpec().image(),
                spec.containerSpec().labels(),
                spec.resources().reservations(),
                spec.placement(),
                spec.networks(),
                spec.runtime(),
                hostPorts);
    }

    /** Cheap, since it is asked for once a group: what tells shapes apart in practice, in fields whose own hash is quick. */
    @Override
    public int hashCode() {
        int resources = Long.hashCode(reservations.nanoCpus()) + Long.hashCode(reservations.memoryBytes());
        return 31 * (31 * image.hashCode() + placement.constraints().hashCode()) + resources;
    }
}
