package io.skep.transport;

import io.skep.api.identity.Credentials;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.Subscription;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.NodeRole;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node of a swarm for tests, whose credentials can change. */
final class TestNode implements LocalNode {
    private final String nodeId;
    private final String swarmId;
    private final int port;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Credentials credentials;
    private volatile SwarmFacts facts;

    TestNode(String nodeId, String swarmId, Credentials credentials) {
        this(nodeId, swarmId, credentials, 0);
    }

    TestNode(String nodeId, String swarmId, Credentials credentials, int port) {
        this.nodeId = nodeId;
        this.swarmId = swarmId;
        this.port = port;
        this.credentials = credentials;
        this.facts = facts(List.of());
    }

    private SwarmFacts facts(List<ManagerAddress> managers) {
        return new SwarmFacts(managers, List.of(), List.of(), role(), List.of());
    }

    void managers(List<ManagerAddress> managers) {
        facts = facts(managers);
        listeners.forEach(Runnable::run);
    }

    void renew(Credentials next) {
        credentials = next;
        listeners.forEach(Runnable::run);
    }

    /** Renews without telling, as when the listener's turn has not come. */
    void renewSilently(Credentials next) {
        credentials = next;
    }

    @Override
    public String nodeId() {
        return nodeId;
    }

    @Override
    public String swarmId() {
        return swarmId;
    }

    @Override
    public NodeRole role() {
        return Certified.read(credentials.chain()).role();
    }

    @Override
    public String advertiseAddress() {
        return "127.0.0.1";
    }

    @Override
    public String transportAddress() {
        return "127.0.0.1:" + port;
    }

    @Override
    public InetSocketAddress listenAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public Path directory() {
        throw new UnsupportedOperationException("a test's node has no files");
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public SwarmFacts facts() {
        return facts;
    }

    @Override
    public void learn(SwarmFacts learned) {
        facts = learned;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
