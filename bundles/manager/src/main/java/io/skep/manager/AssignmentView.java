package io.skep.manager;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.NodeNetwork;
import io.skep.model.EndpointSpec;
import io.skep.model.NetworkAttachment;
import io.skep.model.PortConfig;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.VirtualIp;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node is told of a task; pure. */
final class AssignmentView {
    private AssignmentView() {}

    /** A task's assignment, once the scheduler has confirmed the node and every address is given, the node's own too. */
    static Optional<Assignment> of(Snapshot cluster, Task task) {
        List<NodeNetwork> networks = networks(cluster, task);
        boolean ready =
                task.assigned() && networks.size() == task.spec().networks().size();
        return ready ? Optional.of(assignment(cluster, task, networks)) : Optional.empty();
    }

    private static Assignment assignment(Snapshot cluster, Task task, List<NodeNetwork> networks) {
        Optional<Service> service = cluster.find(Table.SERVICES, task.serviceId());
        Map<String, String> labels = service.map(row -> row.spec().labels()).orElse(Map.of());
        EndpointSpec.Mode mode =
                service.map(row -> row.spec().endpointSpec().mode()).orElse(EndpointSpec.Mode.VIP);
        List<PortConfig> ports = service.map(Service::ports).orElse(List.of());
        List<VirtualIp> virtualIps = service.map(Service::virtualIps).orElse(List.of());
        return new Assignment(task, labels, networks, mode, ports, virtualIps, Optional.empty());
    }

    private static List<NodeNetwork> networks(Snapshot cluster, Task task) {
        return task.attachments().stream()
                .map(NetworkAttachment::networkId)
                .flatMap(id -> Segments.of(cluster, task.nodeId(), id).stream())
                .toList();
    }
}
