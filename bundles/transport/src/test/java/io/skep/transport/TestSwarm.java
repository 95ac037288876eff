package io.skep.transport;

import io.skep.api.identity.Credentials;
import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Nodes of one swarm in this process, which speak over loopback with real TLS. */
final class TestSwarm implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(30);
    static final String SWARM = "swarm1";

    private final TestCa ca = new TestCa(SWARM);
    private final Clock clock;
    private final Map<String, TlsTransport> transports = new TreeMap<>();
    private final Map<String, TestNode> nodes = new TreeMap<>();

    TestSwarm() {
        this(Clock.systemUTC());
    }

    TestSwarm(Clock clock) {
        this.clock = clock;
    }

    TestCa ca() {
        return ca;
    }

    TlsTransport manager(String nodeId) {
        return node(nodeId, ca.issue(nodeId, NodeRole.MANAGER));
    }

    TlsTransport worker(String nodeId) {
        return node(nodeId, ca.issue(nodeId, NodeRole.WORKER));
    }

    /** A started node; all of this swarm know where all others are. */
    TlsTransport node(String nodeId, Credentials credentials) {
        TlsTransport known = transports.get(nodeId);
        return known == null ? start(new TestNode(nodeId, SWARM, credentials)) : known;
    }

    TlsTransport start(TestNode node) {
        TlsTransport started = new TlsTransport(node, Pace.NORMAL, clock);
        nodes.put(node.nodeId(), node);
        transports.forEach((id, other) -> {
            other.learn(node.nodeId(), address(started));
            started.learn(id, address(other));
        });
        transports.put(node.nodeId(), started);
        return started;
    }

    TestNode local(String nodeId) {
        TestNode node = nodes.get(nodeId);
        if (node == null) {
            throw new AssertionError("no node " + nodeId);
        }
        return node;
    }

    void stop(String nodeId) {
        TlsTransport stopped = transports.remove(nodeId);
        if (stopped != null) {
            stopped.close();
        }
    }

    static String address(TlsTransport transport) {
        return "127.0.0.1:" + transport.port();
    }

    /** Answers every request of a subject with its own body. */
    static void echo(Transport transport, String subject, Access access) {
        transport.serve(subject, access, (peer, body) -> CompletableFuture.completedFuture(body));
    }

    static String ask(Transport from, String to, String subject, String body) {
        return text(Await.answer(from.request(to, subject, bytes(body), LONG)));
    }

    static SkepException failure(Transport from, String to, String subject) {
        return Await.failure(from.request(to, subject, new byte[0], LONG));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        transports.values().forEach(TlsTransport::close);
        transports.clear();
    }
}
