package io.skep.discovery;

import io.skep.api.network.RouteTable.Overlay;
import io.skep.api.network.RouteTable.Peer;
import io.skep.model.Endpoint;
import io.skep.model.StandingSegment;
import io.skep.model.net.Subnet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one node can reach: everything of its own, and what others have on networks that stand on both. Pure.
 *
 * @param endpoints of all nodes
 * @param segments of all nodes
 * @param self the node
 */
record Reach(Known<Endpoint> endpoints, Known<StandingSegment> segments, String self) {
    private static final Comparator<String> BY_NUMBER = Comparator.comparingLong(Subnet::parseAddress);

    /** True when the node itself has told, now or in an earlier run, what it runs on which networks. */
    boolean ready() {
        return endpoints.tellsOf(self) && segments.tellsOf(self);
    }

    /** The endpoints that can be reached, by node and task, each with those of its networks by which that is so. */
    List<Endpoint> visible() {
        return endpoints.nodes().stream()
                .flatMap(node ->
                        endpoints.values(node).map(endpoint -> node.equals(self) ? endpoint : seen(node, endpoint)))
                .filter(endpoint -> !endpoint.attachments().isEmpty())
                .toList();
    }

    /** The node's own endpoints. */
    List<Endpoint> own() {
        return endpoints.values(self).toList();
    }

    /** The networks of this node that span nodes, by id, each with the others on it. */
    List<Overlay> overlays() {
        return segments.values(self)
                .filter(segment -> !segment.underlay().isEmpty())
                .map(segment -> new Overlay(segment.networkId(), peers(segment.networkId())))
                .toList();
    }

    private Endpoint seen(String node, Endpoint endpoint) {
        List<Endpoint.Attachment> attachments = endpoint.attachments().stream()
                .filter(attachment -> other(node, attachment.networkId()).isPresent()
                        && other(self, attachment.networkId()).isPresent())
                .toList();
        Set<String> addresses =
                attachments.stream().map(Endpoint.Attachment::address).collect(Collectors.toSet());
        return new Endpoint(
                endpoint.taskId(),
                endpoint.serviceId(),
                endpoint.serviceName(),
                attachments,
                endpoint.ports().stream()
                        .filter(port -> addresses.contains(port.address()))
                        .toList());
    }

    private List<Peer> peers(String networkId) {
        return segments.nodes().stream()
                .filter(node -> !node.equals(self))
                .flatMap(node -> other(node, networkId).map(segment -> peer(node, segment)).stream())
                .sorted(Comparator.comparing(Peer::underlay, BY_NUMBER).thenComparing(Peer::address, BY_NUMBER))
                .toList();
    }

    private Peer peer(String node, StandingSegment segment) {
        List<String> containers = endpoints
                .values(node)
                .flatMap(endpoint -> endpoint.attachments().stream())
                .filter(attachment -> attachment.networkId().equals(segment.networkId()))
                .map(Endpoint.Attachment::address)
                .distinct()
                .sorted(BY_NUMBER)
                .toList();
        return new Peer(segment.underlay(), segment.address(), containers);
    }

    private Optional<StandingSegment> other(String node, String networkId) {
        return segments.value(node, networkId)
                .filter(segment -> !segment.underlay().isEmpty());
    }
}
