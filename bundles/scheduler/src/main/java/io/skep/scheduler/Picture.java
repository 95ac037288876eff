package io.skep.scheduler;

import io.skep.model.table.Snapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The cluster as one run sees it: the snapshot with the placements of the run laid over it. */
final class Picture {
    private final Snapshot cluster;
    private final ServiceFacts services;
    private final NodeTable nodes;
    private final ServiceTally tally;
    private final NodeView view;
    private @Nullable HostPorts hostPorts;
    private int placements;

    Picture(Snapshot cluster, int pending, Instant now) {
        this.cluster = cluster;
        services = new ServiceFacts(cluster, pending);
        nodes = new NodeTable(cluster);
        tally = new ServiceTally(cluster, services, nodes, now);
        view = new NodeView(nodes, tally);
    }

    Snapshot cluster() {
        return cluster;
    }

    /** A service of which nothing was placed yet. */
    PendingService pendingService(String id) {
        return new PendingService(id, services.hostPorts(id));
    }

    NodeTable nodes() {
        return nodes;
    }

    ServiceTally tally() {
        return tally;
    }

    NodeView view() {
        return view;
    }

    /** Read only when a task asks for host ports, since it goes through all services. */
    HostPorts hostPorts() {
        HostPorts known = hostPorts;
        if (known == null) {
            known = new HostPorts(cluster);
            hostPorts = known;
        }
        return known;
    }

    /** Lays a placement over it. */
    void take(int node, Shape shape, PendingService service) {
        placements++;
        nodes.take(node, shape.reservations());
        tally.placed(node);
        service.placed(node);
        if (!service.hostPorts().isEmpty()) {
            hostPorts().take(nodes.node(node).id(), service.hostPorts());
        }
    }

    /** How many placements lie over the snapshot. */
    int placements() {
        return placements;
    }
}
