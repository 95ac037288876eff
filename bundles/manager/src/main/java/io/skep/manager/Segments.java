package io.skep.manager;

import io.skep.api.dispatch.NodeNetwork;
import io.skep.model.Network;
import io.skep.model.Segment;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.List;
import java.util.Optional;

/** The networks as they stand on a node; pure. */
final class Segments {
    private Segments() {}

    /** Those that every node serves, once this one has an address there. */
    static List<NodeNetwork> standing(Snapshot cluster, String nodeId) {
        return cluster.segmentsOfNode(nodeId).stream()
                .flatMap(segment -> of(cluster, segment).stream())
                .filter(joined -> joined.network().spec().ingress())
                .toList();
    }

    /** A network on a node; empty while the node has no address there. */
    static Optional<NodeNetwork> of(Snapshot cluster, String nodeId, String networkId) {
        return cluster.find(Table.SEGMENTS, Segment.idOf(nodeId, networkId)).flatMap(segment -> of(cluster, segment));
    }

    private static Optional<NodeNetwork> of(Snapshot cluster, Segment segment) {
        Optional<Network> network = cluster.find(Table.NETWORKS, segment.networkId());
        return network.map(row -> new NodeNetwork(row, segment.address()));
    }
}
