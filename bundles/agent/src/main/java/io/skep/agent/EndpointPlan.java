package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.stack.StackSpec;
import io.skep.model.Endpoint;
import io.skep.model.EndpointSpec;
import io.skep.model.PortConfig;
import io.skep.model.Task;
import io.skep.model.VirtualIp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a running task is reached, and by which names; pure. */
final class EndpointPlan {
    private EndpointPlan() {}

    static Endpoint endpoint(Assignment assignment) {
        Task task = assignment.task();
        List<Endpoint.Attachment> attachments = Attached.of(assignment).stream()
                .map(attached -> attachment(assignment, attached))
                .toList();
        return new Endpoint(task.id(), task.serviceId(), task.serviceName(), attachments, ports(assignment));
    }

    private static Endpoint.Attachment attachment(Assignment assignment, Attached attached) {
        return new Endpoint.Attachment(
                attached.network().id(),
                attached.network().subnet(),
                attached.address(),
                virtualAddress(assignment, attached.network().id()),
                aliases(assignment, attached),
                names(assignment));
    }

    private static String virtualAddress(Assignment assignment, String networkId) {
        return assignment.virtualIps().stream()
                .filter(vip -> assignment.endpointMode() == EndpointSpec.Mode.VIP
                        && vip.networkId().equals(networkId))
                .map(VirtualIp::addr)
                .findFirst()
                .orElse("");
    }

    private static List<String> aliases(Assignment assignment, Attached attached) {
        List<String> aliases = new ArrayList<>();
        aliases.add(assignment.task().serviceName());
        String shortName = shortName(assignment);
        if (!aliases.contains(shortName)) {
            aliases.add(shortName);
        }
        attached.aliases().stream().filter(alias -> !aliases.contains(alias)).forEach(aliases::add);
        return aliases;
    }

    private static List<String> names(Assignment assignment) {
        List<String> names = new ArrayList<>();
        names.add(assignment.task().name());
        names.add("tasks." + assignment.task().serviceName());
        String tasks = "tasks." + shortName(assignment);
        if (!names.contains(tasks)) {
            names.add(tasks);
        }
        return names;
    }

    /** The name that a stack's file gives its service, without the stack's. */
    private static String shortName(Assignment assignment) {
        String name = assignment.task().serviceName();
        String prefix = assignment.serviceLabels().getOrDefault(StackSpec.LABEL, "") + "_";
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private static List<Endpoint.Port> ports(Assignment assignment) {
        if (assignment.task().attachments().isEmpty()) {
            return List.of();
        }
        String address = assignment.task().attachments().get(0).address();
        return assignment.ports().stream().map(port -> port(port, address)).toList();
    }

    private static Endpoint.Port port(PortConfig port, String address) {
        String protocol = port.protocol().name().toLowerCase(Locale.ROOT);
        return new Endpoint.Port(protocol, port.publishedPort(), port.targetPort(), address, port.publishMode());
    }
}
