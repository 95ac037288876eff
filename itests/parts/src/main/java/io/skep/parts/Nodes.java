package io.skep.parts;

import io.skep.api.identity.Founding;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.contracts.identity.SampleCredentials;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.identity.ca.BouncyAuthority;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.RootAuthority;
import io.skep.model.Sensitive;
import io.skep.model.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes of the tests' swarm. */
public final class Nodes {
    private static final String SWARM = "swarm";
    /** Keys cost milliseconds, and a simulation founds its swarm at the same time again and again. */
    private static final Map<Instant, RootAuthority> ROOTS = new ConcurrentHashMap<>();

    private Nodes() {}

    /** The node that founds it. */
    public static SimulatedNode founder(String nodeId, Instant now) {
        SimulatedNode node = manager(nodeId, List.of(SimulatedNode.memberOf(nodeId)));
        node.found(new Founding(trust(node, now)));
        return node;
    }

    /** One that has joined it as a manager, and knows another. */
    public static SimulatedNode manager(String nodeId, String known) {
        SimulatedNode node = manager(nodeId, List.of());
        know(node, known);
        return node;
    }

    private static SimulatedNode manager(String nodeId, List<String> members) {
        SimulatedNode node = new SimulatedNode(
                nodeId,
                SWARM,
                NodeRole.MANAGER,
                Path.of("unused-" + nodeId),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 2377),
                members);
        node.renew(SampleCredentials.selfSigned(), NodeRole.MANAGER);
        return node;
    }

    private static Trust trust(SimulatedNode node, Instant now) {
        return new Trust(
                SWARM,
                ROOTS.computeIfAbsent(now, at -> new BouncyAuthority().found(SWARM, at)),
                List.of(),
                "",
                new Sensitive("worker"),
                new Sensitive("manager"),
                node.facts().gossipKeys(),
                Instant.EPOCH,
                Optional.empty(),
                List.of());
    }

    /** The row of a node, as it is when the node has joined. */
    public static Node row(SimulatedNode node, Instant now) {
        boolean manager = node.role() == NodeRole.MANAGER;
        return new Node(
                node.nodeId(),
                now,
                now,
                new NodeSpec("", Map.of(), node.role(), NodeSpec.Availability.ACTIVE),
                Optional.empty(),
                new NodeStatus(NodeStatus.State.UNKNOWN, "", node.transportAddress()),
                manager ? Optional.of(node.memberId()) : Optional.empty());
    }

    /** A worker that knows one manager. */
    public static SimulatedNode worker(String nodeId, String manager) {
        SimulatedNode node = new SimulatedNode(nodeId, SWARM, NodeRole.WORKER, Path.of("unused-" + nodeId));
        node.renew(SampleCredentials.selfSigned(), NodeRole.WORKER);
        know(node, manager);
        return node;
    }

    private static void know(SimulatedNode node, String manager) {
        SwarmFacts facts = node.facts();
        node.learn(new SwarmFacts(
                List.of(new ManagerAddress(manager, "127.0.0.1:2377")),
                facts.gossipKeys(),
                facts.roots(),
                facts.role(),
                facts.revoked()));
    }
}
