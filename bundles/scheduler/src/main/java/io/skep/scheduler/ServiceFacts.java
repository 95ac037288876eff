package io.skep.scheduler;

import io.skep.model.PortConfig;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run must know of every service before it looks closer: its host ports, and whether it has tasks on nodes. Only looked up, never
 * iterated.
 */
final class ServiceFacts {
    /** A look-up costs about as much as going on by so many rows. */
    private static final int ROWS_PER_LOOK_UP = 16;

    private final Snapshot cluster;
    private final boolean readThrough;
    private final Map<String, List<PortConfig>> hostPorts = new HashMap<>();
    private final Set<String> withTasks = new HashSet<>();

    /** A run that is large beside the cluster reads the tables through once; a small one looks up what it needs. */
    ServiceFacts(Snapshot cluster, int pending) {
        this.cluster = cluster;
        Collection<Service> services = cluster.all(Table.SERVICES);
        Collection<Task> tasks = cluster.all(Table.TASKS);
        readThrough = (long) pending * ROWS_PER_LOOK_UP > services.size() + tasks.size();
        if (readThrough) {
            services.forEach(this::learnPorts);
            tasks.forEach(this::learnTask);
        }
    }

    /** The ports that only one task on a node can have. */
    List<PortConfig> hostPorts(String serviceId) {
        return readThrough
                ? hostPorts.getOrDefault(serviceId, List.of())
                : cluster.find(Table.SERVICES, serviceId).map(HostPorts::of).orElse(List.of());
    }

    /** The tasks of a service, or fewer as long as none of them has a node. */
    Collection<Task> tasksWithNode(String serviceId) {
        return readThrough && !withTasks.contains(serviceId) ? List.of() : cluster.tasksOfService(serviceId);
    }

    private void learnPorts(Service service) {
        List<PortConfig> ports = HostPorts.of(service);
        if (!ports.isEmpty()) {
            hostPorts.put(service.id(), ports);
        }
    }

    private void learnTask(Task task) {
        if (task.assigned()) {
            withTasks.add(task.serviceId());
        }
    }
}
