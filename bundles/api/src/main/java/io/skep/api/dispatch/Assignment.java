package io.skep.api.dispatch;

import io.skep.model.EndpointSpec;
import io.skep.model.Network;
import io.skep.model.PortConfig;
import io.skep.model.Task;
import io.skep.model.VirtualIp;
import java.util.List;
import java.util.Map;

/**
 * A task and what its node must know of the objects that it refers to.
 *
 * @param task the task, with addresses and desired state
 * @param serviceLabels of its service
 * @param networks of its attachments, in their order
 * @param endpointMode what the service's name resolves to
 * @param ports of the service, published ports chosen
 * @param virtualIps of the service
 */
public record Assignment(
        Task task,
        Map<String, String> serviceLabels,
        List<Network> networks,
        EndpointSpec.Mode endpointMode,
        List<PortConfig> ports,
        List<VirtualIp> virtualIps) {
    public Assignment {
        networks = List.copyOf(networks);
        ports = List.copyOf(ports);
        virtualIps = List.copyOf(virtualIps);
    }
}
