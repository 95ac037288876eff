package io.skep.manager;

import io.skep.api.dispatch.SessionWire;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Store;
import io.skep.api.transport.Access;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.NodeStatus;
import io.skep.model.SkepException;
import io.skep.model.SwarmSpec;
import io.skep.model.codec.Codec;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Answers what agents ask of the leader, and keeps the book of who was heard. Fields belong to the loop unless they say otherwise. */
final class SessionDesk {
    private static final Duration AGAIN = Duration.ofMillis(200);
    /** How long a node may be gone whose agent stopped, as in a swap, or which has only just joined. */
    private static final Duration ABSENCE = Duration.ofSeconds(30);

    private final Store store;
    private final Transport transport;
    private final Scope scope;
    private final SessionTable sessions;
    private final Heartbeats heartbeats;
    private final Issuers issuers;
    private final BiConsumer<String, String> begin;
    private final Barriers barriers;
    private final GroupCommit<NodeBook.Heard> nodes;
    private final GroupCommit<NodeBook.Report> reports;
    private final List<Transport.Registration> subjects = new ArrayList<>();
    private final LoopAnswers answers;
    private long term;
    /** Read by the transport's threads. */
    private volatile Duration pace = SwarmSpec.STANDARD.heartbeatPeriod();

    private volatile byte[] beaten = Codec.toBytes(new SessionWire.Beaten(pace.toMillis()));

    /** A desk for one dispatcher; {@code begin} is given node and session when one is open. */
    SessionDesk(
            Store store,
            Transport transport,
            Scope scope,
            SessionTable sessions,
            Heartbeats heartbeats,
            Issuers issuers,
            BiConsumer<String, String> begin) {
        this.store = store;
        this.transport = transport;
        this.scope = scope;
        this.sessions = sessions;
        this.heartbeats = heartbeats;
        this.issuers = issuers;
        this.begin = begin;
        answers = new LoopAnswers(scope);
        barriers = new Barriers(store, scope);
        nodes = new GroupCommit<>(store, scope, NodeBook::heard, word -> 1);
        reports = new GroupCommit<>(
                store, scope, NodeBook::reported, report -> report.statuses().size());
    }

    /** Begins to answer. */
    void open() {
        serve(SessionWire.OPEN, SessionWire.Open.class, this::open);
        serve(SessionWire.REPORT, SessionWire.Report.class, this::report);
        serve(SessionWire.DESCRIBE, SessionWire.Describe.class, this::describe);
        serve(SessionWire.CLOSE, SessionWire.Close.class, this::close);
        subjects.add(transport.serve(SessionWire.BEAT, Access.MEMBERS, this::beat));
    }

    /** Answers nobody any more, and whoever waits for an answer with the end of its session. Any thread, once the scope is closed. */
    void close() {
        subjects.forEach(Transport.Registration::close);
        issuers.clear();
        answers.close(SessionOver.failure());
    }

    void lead(long now) {
        term = now;
        issuers.clear();
        nodes.lead(now);
        reports.lead(now);
    }

    /** How often agents beat from now on. */
    void pace(Duration period) {
        if (!period.equals(pace)) {
            pace = period;
            beaten = Codec.toBytes(new SessionWire.Beaten(period.toMillis()));
        }
    }

    /** A node has joined, and opens a session soon. */
    void expect(String nodeId) {
        heartbeats.expect(nodeId, scope.now(), ABSENCE, pace);
    }

    /** There is no agent on the node, but another may come. */
    void agentStopped(NodeSession session) {
        sessions.end(session);
        expect(session.nodeId());
    }

    /** A node is silent for too long. */
    void lost(String nodeId, long leading) {
        heartbeats.forget(nodeId);
        sessions.end(nodeId);
        down(nodeId, "the node does not answer", leading);
    }

    private void down(String nodeId, String why, long leading) {
        nodes.add(NodeBook.Heard.down(nodeId, scope.now(), why)).whenComplete((done, failure) -> {
            if (failure != null && term == leading && !scope.closed()) {
                scope.after(AGAIN, () -> {
                    if (term == leading && sessions.of(nodeId).isEmpty()) {
                        down(nodeId, why, leading);
                    }
                });
            }
        });
    }

    /** A request of a peer, on the loop. */
    private interface Asked<Q> {
        CompletionStage<?> by(Peer peer, Q question);
    }

    private <Q> void serve(String subject, Class<Q> type, Asked<Q> asked) {
        Handler handler = (peer, body) -> {
            Q question = Codec.fromBytes(body, type);
            return answers.answer(() -> asked.by(peer, question).thenApply(Codec::toBytes));
        };
        subjects.add(transport.serve(subject, Access.MEMBERS, handler));
    }

    /** The session begins when this manager has proved that it leads still, and the node's row says that it is there. */
    private CompletionStage<SessionWire.Opened> open(Peer peer, SessionWire.Open asked) {
        String nodeId = peer.nodeId();
        if (term == 0) {
            return CompletableFuture.completedFuture(new SessionWire.Opened(false, pace.toMillis(), leader()));
        }
        long leading = term;
        transport.learn(nodeId, asked.address());
        return barriers.pass()
                .thenCompose(passed -> known(nodeId))
                .thenCompose(known ->
                        nodes.add(NodeBook.Heard.ready(nodeId, scope.now(), asked.description(), asked.address())))
                .thenApply(ready -> {
                    boolean still = term == leading && ready(nodeId);
                    if (still) {
                        issuers.tell(nodeId, asked.issuer());
                        heartbeats.heard(nodeId, scope.now(), pace);
                        begin.accept(nodeId, asked.sessionId());
                    }
                    return new SessionWire.Opened(still, pace.toMillis(), still ? Optional.empty() : leader());
                });
    }

    private CompletionStage<Boolean> known(String nodeId) {
        return store.snapshot().find(Table.NODES, nodeId).isPresent()
                ? CompletableFuture.completedFuture(true)
                : CompletableFuture.failedFuture(new SkepException(
                        ErrorCode.NOT_FOUND,
                        "node " + nodeId + " is not of this swarm any more; let it leave and join again"));
    }

    /** False when it was given up meanwhile. */
    private boolean ready(String nodeId) {
        return store.snapshot()
                .find(Table.NODES, nodeId)
                .filter(node -> node.status().state() == NodeStatus.State.READY)
                .isPresent();
    }

    private Optional<ManagerAddress> leader() {
        Snapshot cluster = store.snapshot();
        return store.leadership()
                .leader()
                .flatMap(memberId -> cluster.find(Table.NODES, NodeFacts.nodeOf(memberId)))
                .map(node -> new ManagerAddress(node.id(), node.status().addr()));
    }

    /** On the transport's thread: nothing has to be written or asked, and thousands of these come all the time. */
    private CompletionStage<byte[]> beat(Peer peer, byte[] body) {
        String sessionId = Codec.fromBytes(body, SessionWire.Beat.class).sessionId();
        if (scope.closed() || sessions.held(peer.nodeId(), sessionId).isEmpty()) {
            return CompletableFuture.failedFuture(SessionOver.failure());
        }
        heartbeats.heard(peer.nodeId(), scope.now(), pace);
        return CompletableFuture.completedFuture(beaten);
    }

    private CompletionStage<Boolean> report(Peer peer, SessionWire.Report report) {
        return held(
                peer,
                report.sessionId(),
                session -> reports.add(new NodeBook.Report(peer.nodeId(), report.statuses())));
    }

    private CompletionStage<Boolean> describe(Peer peer, SessionWire.Describe told) {
        return held(peer, told.sessionId(), session -> {
            issuers.tell(peer.nodeId(), told.issuer());
            return nodes.add(NodeBook.Heard.ready(peer.nodeId(), scope.now(), told.description(), ""));
        });
    }

    private CompletionStage<Boolean> close(Peer peer, SessionWire.Close close) {
        return held(peer, close.sessionId(), session -> {
            if (!close.leaving()) {
                agentStopped(session);
                return CompletableFuture.completedFuture(true);
            }
            heartbeats.forget(peer.nodeId());
            sessions.end(session);
            return nodes.add(NodeBook.Heard.down(peer.nodeId(), scope.now(), "the node left the swarm"));
        });
    }

    private <A> CompletionStage<A> held(Peer peer, String sessionId, Function<NodeSession, CompletionStage<A>> then) {
        return sessions.held(peer.nodeId(), sessionId)
                .map(then)
                .orElseGet(() -> CompletableFuture.failedFuture(SessionOver.failure()));
    }
}
