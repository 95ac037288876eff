package io.skep.manager;

import io.skep.api.consensus.Leadership;
import io.skep.api.dispatch.AgentSession;
import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.Dispatcher;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.network.ServiceAddress;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.api.store.Transaction;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeDescription;
import io.skep.model.NodeStatus;
import io.skep.model.SkepException;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keeps the sessions of agents while this manager leads and sends each what concerns it. Fields belong to the loop. */
@Component(service = Dispatcher.class, immediate = true)
public final class AgentDispatcher implements Dispatcher {
    private final Store store;
    private final Scope scope;
    private final List<Store.Watch> watches;
    private final Map<String, NodeSession> sessions = new HashMap<>();
    /** Those who asked for a session and have no answer yet. */
    private final Map<NodeSession, CompletableFuture<AgentSession>> opening = new LinkedHashMap<>();

    private Snapshot seen = Snapshot.empty();
    /** By network, as of what was seen. */
    private Map<String, List<ServiceAddress>> services = Map.of();

    private volatile long term;

    @Activate
    public AgentDispatcher(@Reference Store store, @Reference EventLoop loop) {
        this.store = store;
        scope = loop.open("dispatcher");
        watches = List.of(store.onLeadership(scope, this::lead), store.watch(scope, this::applied));
    }

    /** Agents learn at once that they must look for another dispatcher. */
    @Deactivate
    void stop() {
        watches.forEach(Store.Watch::close);
        onLoop(() -> {
            term = 0;
            endAll();
            scope.close();
        });
    }

    @Override
    public CompletionStage<AgentSession> open(
            String nodeId, NodeDescription description, Consumer<Assignments> listener) {
        CompletableFuture<AgentSession> opened = new CompletableFuture<>();
        scope.execute(() -> {
            if (term == 0) {
                opened.completeExceptionally(doesNotLead());
                return;
            }
            NodeSession session = new NodeSession(nodeId, this, listener);
            opening.put(session, opened);
            session.describe(description)
                    .whenComplete((done, failure) -> onLoop(() -> described(session, opened, failure)));
        });
        return opened;
    }

    private void described(NodeSession session, CompletableFuture<AgentSession> opened, @Nullable Throwable failure) {
        boolean expected = opening.remove(session) != null;
        if (failure != null) {
            opened.completeExceptionally(Requests.cause(failure));
        } else if (expected) {
            begin(session, opened);
        }
    }

    /** What was observed becomes rows; only the session's node may speak for its tasks. */
    CompletionStage<Void> commit(List<Change> changes) {
        long leading = term;
        return leading == 0
                ? CompletableFuture.failedFuture(doesNotLead())
                : store.commit(new Transaction("", leading, changes)).thenAccept(snapshot -> {});
    }

    Snapshot snapshot() {
        return store.snapshot();
    }

    /** A node that is heard of is READY. */
    CompletionStage<Void> heard(String nodeId, NodeDescription description) {
        Snapshot cluster = store.snapshot();
        Optional<Node> node = cluster.find(Table.NODES, nodeId);
        if (node.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new SkepException(ErrorCode.NOT_FOUND, "node " + nodeId + " is not (yet) of this swarm"));
        }
        NodeStatus ready =
                new NodeStatus(NodeStatus.State.READY, "", node.get().status().addr());
        Node now = node.get().withStatus(Optional.of(description), ready, scope.now());
        boolean news = !now.description().equals(node.get().description())
                || !ready.equals(node.get().status());
        return news
                ? commit(List.of(new Change.Put<>(Table.NODES, now, cluster.versionOf(Table.NODES, nodeId))))
                : CompletableFuture.completedFuture(null);
    }

    /** The services that a network has by name; on the loop. */
    List<ServiceAddress> servicesOf(String networkId) {
        return services.getOrDefault(networkId, List.of());
    }

    void forget(NodeSession session) {
        onLoop(() -> sessions.remove(session.nodeId(), session));
    }

    private void begin(NodeSession session, CompletableFuture<AgentSession> opened) {
        NodeSession earlier = sessions.put(session.nodeId(), session);
        if (earlier != null) {
            earlier.end();
        }
        opened.complete(session);
        // Not the store's newest: what follows tells the difference to what was seen here, and must not go back behind
        // it.
        session.all(seen);
    }

    private void lead(Leadership leadership) {
        term = leadership.local() ? leadership.term() : 0;
        if (term == 0) {
            endAll();
        }
    }

    private void endAll() {
        List<NodeSession> ended = new ArrayList<>(sessions.values());
        sessions.clear();
        ended.forEach(NodeSession::end);
        List<CompletableFuture<AgentSession>> unanswered = List.copyOf(opening.values());
        opening.clear();
        unanswered.forEach(opened -> opened.completeExceptionally(doesNotLead()));
    }

    private static SkepException doesNotLead() {
        return new SkepException(ErrorCode.NO_LEADER, "this manager does not lead; ask the leader, or try again");
    }

    private void applied(Applied applied) {
        boolean renamed = applied.changes().isEmpty() || ServiceAddresses.changed(seen, applied);
        if (renamed) {
            services = ServiceAddresses.of(applied.snapshot());
        }
        if (applied.changes().isEmpty()) {
            sessions.values().forEach(session -> session.all(applied.snapshot()));
        } else {
            Concerned.by(seen, applied).forEach((nodeId, tasks) -> {
                NodeSession session = sessions.get(nodeId);
                if (session != null) {
                    session.some(applied.snapshot(), tasks);
                }
            });
            if (renamed) {
                sessions.values().forEach(NodeSession::services);
            }
        }
        seen = applied.snapshot();
    }

    private void onLoop(Runnable event) {
        if (!scope.closed()) {
            scope.execute(event);
        }
    }
}
