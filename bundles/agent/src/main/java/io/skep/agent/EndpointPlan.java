package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.stack.StackSpec;
import io.skep.model.Endpoint;
import io.skep.model.EndpointSpec;
import io.skep.model.PortConfig;
import io.skep.model.Task;
import io.skep.model.VirtualIp;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
        Stream<String> own = Stream.of(assignment.task().serviceName(), shortName(assignment));
        return Stream.concat(own, attached.aliases().stream()).distinct().toList();
    }

    private static List<String> names(Assignment assignment) {
        return Stream.of(
                        assignment.task().name(),
                        "tasks." + assignment.task().serviceName(),
                        "tasks." + shortName(assignment))
                .distinct()
                .toList();
    }

    private static String shortName(Assignment assignment) {
        return StackSpec.nameInFile(assignment.task().serviceName(), assignment.serviceLabels());
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
