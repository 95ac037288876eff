package io.skep.manager;

import io.skep.api.dispatch.Assignment;
import io.skep.model.EndpointSpec;
import io.skep.model.Network;
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

    /** A task's assignment, once the scheduler has confirmed the node and every address is given. */
    static Optional<Assignment> of(Snapshot cluster, Task task) {
        boolean ready = task.assigned()
                && task.attachments().size() == task.spec().networks().size();
        return ready ? Optional.of(assignment(cluster, task)) : Optional.empty();
    }

    private static Assignment assignment(Snapshot cluster, Task task) {
        Optional<Service> service = cluster.find(Table.SERVICES, task.serviceId());
        Map<String, String> labels = service.map(row -> row.spec().labels()).orElse(Map.of());
        EndpointSpec.Mode mode =
                service.map(row -> row.spec().endpointSpec().mode()).orElse(EndpointSpec.Mode.VIP);
        List<PortConfig> ports = service.map(Service::ports).orElse(List.of());
        List<VirtualIp> virtualIps = service.map(Service::virtualIps).orElse(List.of());
        return new Assignment(task, labels, networks(cluster, task), mode, ports, virtualIps, Optional.empty());
    }

    private static List<Network> networks(Snapshot cluster, Task task) {
        return task.attachments().stream()
                .map(NetworkAttachment::networkId)
                .flatMap(id -> cluster.find(Table.NETWORKS, id).stream())
                .toList();
    }
}
