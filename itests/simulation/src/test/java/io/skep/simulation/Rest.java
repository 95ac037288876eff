package io.skep.simulation;

import io.skep.api.network.RouteTable;
import io.skep.api.network.RouteTable.PortRoute;
import io.skep.api.network.RouteTable.VirtualAddress;
import io.skep.api.network.SegmentConfig;
import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.PortConfig;
import io.skep.model.Segment;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.UpdateStatus;
import io.skep.model.VirtualIp;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is left to do until a swarm is as its operators want it: told from the rows and the machines alone, by no rule that the swarm itself goes by. */
final class Rest {
    private final Snapshot cluster;
    private final Collection<Machine> machines;

    Rest(Snapshot cluster, Collection<Machine> machines) {
        this.cluster = cluster;
        this.machines = machines;
    }

    /** The first thing that is not yet as it should be. */
    Optional<String> missing() {
        return rows().or(() ->
                machines.stream().flatMap(machine -> machine(machine).stream()).findFirst());
    }

    /** The tasks that should run. */
    Set<String> wanted() {
        return cluster.all(Table.SERVICES).stream()
                .flatMap(service -> wanted(service).stream())
                .map(Task::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<String> rows() {
        return first(cluster.all(Table.NETWORKS).stream().noneMatch(Network::removing), "a network is being removed")
                .or(() -> cluster.all(Table.SERVICES).stream()
                        .flatMap(service -> service(service).stream())
                        .findFirst());
    }

    private Optional<String> service(Service service) {
        String name = service.spec().name();
        List<Task> wanted = wanted(service);
        boolean paused = service.updateStatus()
                .filter(status -> status.state() == UpdateStatus.State.PAUSED)
                .isPresent();
        return first(!service.removing(), name + " is being removed")
                .or(() -> first(
                        wanted.size() == service.spec().mode().replicas()
                                && wanted.stream().map(Task::slot).distinct().count() == wanted.size(),
                        name + " has other tasks than its replicas"))
                .or(() -> first(
                        paused
                                || wanted.stream().allMatch(task -> task.spec()
                                        .equals(service.spec().taskTemplate())),
                        name + " has tasks of another spec"))
                .or(() -> first(wanted.stream().allMatch(this::runs), name + " has tasks that do not run"));
    }

    private List<Task> wanted(Service service) {
        return cluster.tasksOfService(service.id()).stream()
                .filter(task -> !task.desiredState().after(TaskState.RUNNING))
                .toList();
    }

    private boolean runs(Task task) {
        boolean there = cluster.find(Table.NODES, task.nodeId())
                .filter(node -> node.spec().availability() == NodeSpec.Availability.ACTIVE
                        && node.status().state() == NodeStatus.State.READY)
                .isPresent();
        return there
                && cluster.stateOf(task) == TaskState.RUNNING
                && task.attachments().size() == task.spec().networks().size();
    }

    private Optional<String> machine(Machine machine) {
        String id = machine.node.nodeId();
        if (!machine.isOn()) {
            return first(state(id) == NodeStatus.State.DOWN, id + " is off and not down");
        }
        Set<String> expected = running(id).stream().map(Task::id).collect(Collectors.toSet());
        Set<String> containers = machine.containers();
        return first(ready(machine), id + " is not ready")
                .or(() -> first(
                        machine.store().isEmpty() || members(machine).equals(members()),
                        "members are others than managers"))
                .or(() -> first(
                        containers.stream().allMatch(task -> cluster.find(Table.TASKS, task)
                                .isPresent()),
                        id + " has containers of tasks that are no more"))
                .or(() -> first(machine.host.running().equals(expected), id + " runs " + machine.host.running()))
                .or(() -> first(
                        machine.network.sandboxes().keySet().equals(expected), id + " has other sandboxes than tasks"))
                .or(() -> first(
                        standing(machine).equals(segments(id).keySet()),
                        id + " has the networks " + standing(machine) + " and not "
                                + segments(id).keySet()))
                .or(() -> new Routing(machine).missing());
    }

    private boolean ready(Machine machine) {
        Optional<Node> known = cluster.find(Table.NODES, machine.node.nodeId());
        NodeRole wanted = known.map(node -> node.spec().role()).orElse(machine.node.role());
        return state(machine.node.nodeId()) == NodeStatus.State.READY
                && machine.node.role() == wanted
                && machine.store().isPresent() == (wanted == NodeRole.MANAGER);
    }

    private NodeStatus.State state(String nodeId) {
        return cluster.find(Table.NODES, nodeId)
                .map(node -> node.status().state())
                .orElse(NodeStatus.State.UNKNOWN);
    }

    private static Set<String> members(Machine machine) {
        return machine.store()
                .map(store -> Set.copyOf(store.quorum().members()))
                .orElse(Set.of());
    }

    private Set<String> members() {
        return cluster.all(Table.NODES).stream()
                .filter(node -> node.spec().role() == NodeRole.MANAGER)
                .flatMap(node -> node.memberId().stream())
                .collect(Collectors.toSet());
    }

    private List<Task> running(String nodeId) {
        return cluster.tasksOfNode(nodeId).stream()
                .filter(task -> cluster.stateOf(task) == TaskState.RUNNING)
                .toList();
    }

    private static Set<String> standing(Machine machine) {
        return machine.network.standing().stream().map(SegmentConfig::networkId).collect(Collectors.toSet());
    }

    private Map<String, Segment> segments(String nodeId) {
        return cluster.segmentsOfNode(nodeId).stream()
                .collect(Collectors.toMap(Segment::networkId, segment -> segment));
    }

    private static Optional<String> first(boolean holds, String otherwise) {
        return holds ? Optional.empty() : Optional.of(otherwise);
    }

    private static Optional<String> address(Task task, String networkId) {
        return task.attachments().stream()
                .filter(attachment -> attachment.networkId().equals(networkId))
                .map(NetworkAttachment::address)
                .findFirst();
    }

    /** Who is reached from one machine: every task that runs anywhere on a network that stands there, and nobody else. */
    private final class Routing {
        private final Machine machine;
        private final RouteTable routes;
        private final Set<String> networks;

        Routing(Machine machine) {
            this.machine = machine;
            routes = machine.network.routes();
            networks = segments(machine.node.nodeId()).keySet();
        }

        Optional<String> missing() {
            String id = machine.node.nodeId();
            Map<String, Set<String>> told = routes.virtualAddresses().stream()
                    .filter(route -> !route.backends().isEmpty())
                    .collect(Collectors.toMap(VirtualAddress::address, route -> Set.copyOf(route.backends())));
            Map<Integer, Set<String>> ports = routes.ports().stream()
                    .filter(route -> !route.backends().isEmpty())
                    .collect(Collectors.toMap(PortRoute::publishedPort, route -> Set.copyOf(route.backends())));
            return first(told.equals(virtual()), id + " routes " + told + " and not " + virtual())
                    .or(() -> first(ports.equals(ports()), id + " routes ports " + ports + " and not " + ports()))
                    .or(() -> cluster.all(Table.SERVICES).stream()
                            .flatMap(service -> names(service).stream())
                            .findFirst());
        }

        private Map<String, Set<String>> virtual() {
            Map<String, Set<String>> expected = new TreeMap<>();
            for (Service service : cluster.all(Table.SERVICES)) {
                for (VirtualIp vip : service.virtualIps()) {
                    Set<String> backends = backends(service, vip.networkId());
                    if (!backends.isEmpty()) {
                        expected.put(vip.addr(), backends);
                    }
                }
            }
            return expected;
        }

        private Map<Integer, Set<String>> ports() {
            Map<Integer, Set<String>> expected = new TreeMap<>();
            for (Service service : cluster.all(Table.SERVICES)) {
                for (PortConfig port : service.ports()) {
                    String first =
                            service.spec().taskTemplate().networks().get(0).target();
                    Set<String> backends = backends(service, first);
                    if (!backends.isEmpty()) {
                        expected.put(port.publishedPort(), backends);
                    }
                }
            }
            return expected;
        }

        private Set<String> backends(Service service, String networkId) {
            return !networks.contains(networkId)
                    ? Set.of()
                    : wanted(service).stream()
                            .flatMap(task -> address(task, networkId).stream())
                            .collect(Collectors.toSet());
        }

        /** Asked by a container of this machine on the service's network. */
        private Optional<String> names(Service service) {
            String name = service.spec().name();
            for (VirtualIp vip : service.virtualIps()) {
                Optional<String> asker = running(machine.node.nodeId()).stream()
                        .flatMap(task -> address(task, vip.networkId()).stream())
                        .findFirst();
                List<String> answer = asker.flatMap(from -> machine.discovery().map(dns -> dns.addresses(from, name)))
                        .orElse(List.of());
                if (asker.isPresent() && !answer.equals(List.of(vip.addr()))) {
                    return Optional.of(machine.node.nodeId() + " answers " + name + " by " + answer);
                }
            }
            return Optional.empty();
        }
    }
}
