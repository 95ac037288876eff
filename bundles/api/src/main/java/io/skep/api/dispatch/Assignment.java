package io.skep.api.dispatch;

import io.skep.model.EndpointSpec;
import io.skep.model.PortConfig;
import io.skep.model.Task;
import io.skep.model.TaskStatus;
import io.skep.model.VirtualIp;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task and what its node must know of the objects that it refers to.
 *
 * @param task the task, with addresses and desired state
 * @param serviceLabels of its service
 * @param networks of its attachments, in their order, as they stand on the node
 * @param endpointMode what the service's name resolves to
 * @param ports of the service, published ports chosen
 * @param virtualIps of the service
 * @param lastKnown what the managers know of the task already; told once, with the complete assignment
 */
public record Assignment(
        Task task,
        Map<String, String> serviceLabels,
        List<NodeNetwork> networks,
        EndpointSpec.Mode endpointMode,
        List<PortConfig> ports,
        List<VirtualIp> virtualIps,
        Optional<TaskStatus> lastKnown) {
    public Assignment {
        networks = List.copyOf(networks);
        ports = List.copyOf(ports);
        virtualIps = List.copyOf(virtualIps);
    }

    /** The same with what the managers know. */
    public Assignment withLastKnown(Optional<TaskStatus> status) {
        return new Assignment(task, serviceLabels, networks, endpointMode, ports, virtualIps, status);
    }
}
