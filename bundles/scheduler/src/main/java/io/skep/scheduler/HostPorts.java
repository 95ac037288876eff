package io.skep.scheduler;

import io.skep.api.scheduling.Candidate;
import io.skep.model.PortConfig;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import io.skep.scheduler.filter.HostPortLedger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which host-mode ports are taken on which node, with the placements of the run counted in; only looked up, never iterated. */
final class HostPorts implements HostPortLedger {
    private final Map<String, Set<Integer>> taken = new HashMap<>();

    HostPorts(Snapshot cluster) {
        for (Service service : cluster.all(Table.SERVICES)) {
            List<PortConfig> ports = of(service);
            if (!ports.isEmpty()) {
                for (Task task : cluster.tasksOfService(service.id())) {
                    take(cluster, task, ports);
                }
            }
        }
    }

    /** The ports of a service that a node has only once. */
    static List<PortConfig> of(Service service) {
        List<PortConfig> all = service.ports();
        return all.isEmpty()
                ? List.of()
                : all.stream().filter(HostPorts::exclusive).toList();
    }

    void take(String nodeId, List<PortConfig> ports) {
        Set<Integer> here = taken.computeIfAbsent(nodeId, id -> new HashSet<>());
        ports.forEach(port -> here.add(key(port)));
    }

    @Override
    public boolean free(Candidate candidate, PortConfig port) {
        Set<Integer> here = taken.get(candidate.node().id());
        return here == null || !here.contains(key(port));
    }

    /** A task holds its ports until it has ended, whatever is wanted of it. */
    private void take(Snapshot cluster, Task task, List<PortConfig> ports) {
        if (task.assigned() && !cluster.stateOf(task).terminal()) {
            take(task.nodeId(), ports);
        }
    }

    private static boolean exclusive(PortConfig port) {
        return port.publishMode() == PortConfig.PublishMode.HOST && port.publishedPort() != 0;
    }

    /** UDP below zero, TCP above. */
    private static int key(PortConfig port) {
        return port.protocol() == PortConfig.Protocol.UDP ? -port.publishedPort() : port.publishedPort();
    }
}
