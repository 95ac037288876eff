package io.skep.gossip.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.cluster.Node;
import io.atomix.cluster.NodeConfig;
import io.atomix.cluster.discovery.NodeDiscoveryEvent;
import io.atomix.cluster.discovery.NodeDiscoveryEventListener;
import io.atomix.cluster.discovery.NodeDiscoveryService;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Through Atomix's discovery seam we make its SWIM probe an address at once, and forget a member. It names no nodes of its
 * own: those would take turns with the live members, and each dead one would slow the detection down.
 */
final class KnownNodes implements NodeDiscoveryService {
    private final List<NodeDiscoveryEventListener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public Set<Node> getNodes() {
        return Set.of();
    }

    /** Makes SWIM probe {@code address}; both ends then learn of each other, and of false rumours of their death. */
    void probe(Endpoint address) {
        // An id that nobody has: SWIM ignores the discovery of ids that it knows, and learns the true one by the
        // answer.
        tell(NodeDiscoveryEvent.Type.JOIN, "at " + address, address);
    }

    /** Makes SWIM forget a dead member. */
    void forget(String nodeId, Endpoint address) {
        tell(NodeDiscoveryEvent.Type.LEAVE, nodeId, address);
    }

    private void tell(NodeDiscoveryEvent.Type type, String id, Endpoint address) {
        NodeConfig config = new NodeConfig()
                .setId(MemberId.from(id))
                .setHost(address.host())
                .setPort(address.port());
        NodeDiscoveryEvent event = new NodeDiscoveryEvent(type, new Node(config));
        listeners.forEach(listener -> listener.event(event));
    }

    @Override
    public void addListener(NodeDiscoveryEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(NodeDiscoveryEventListener listener) {
        listeners.remove(listener);
    }
}
