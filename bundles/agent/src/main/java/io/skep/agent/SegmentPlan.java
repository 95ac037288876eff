package io.skep.agent;

import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.NodeNetwork;
import io.skep.api.network.SegmentConfig;
import io.skep.model.Network;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which networks stand on this node; pure. */
final class SegmentPlan {
    private SegmentPlan() {}

    /**
     * The networks of all tasks that the swarm remembers here, and those that stand without one, by id.
     *
     * @param underlay where other nodes reach this one
     */
    static List<SegmentConfig> of(List<NodeNetwork> standing, Collection<Assignment> assignments, String underlay) {
        Map<String, SegmentConfig> segments = new TreeMap<>();
        standing.forEach(joined -> segments.put(joined.network().id(), segment(joined, underlay)));
        assignments.stream()
                .flatMap(assignment -> assignment.networks().stream())
                .forEach(joined -> segments.putIfAbsent(joined.network().id(), segment(joined, underlay)));
        return List.copyOf(segments.values());
    }

    private static SegmentConfig segment(NodeNetwork joined, String underlay) {
        Network network = joined.network();
        return new SegmentConfig(
                network.id(),
                network.spec().name(),
                network.subnet(),
                joined.address(),
                network.spec().internal(),
                network.vni(),
                network.vni() == 0 ? "" : underlay);
    }
}
