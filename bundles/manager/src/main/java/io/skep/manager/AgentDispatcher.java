package io.skep.manager;

import io.skep.api.consensus.Leadership;
import io.skep.api.dispatch.SessionWire;
import io.skep.api.dispatch.Surroundings;
import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.network.ServiceAddress;
import io.skep.api.store.Applied;
import io.skep.api.store.Store;
import io.skep.api.transport.Transport;
import io.skep.model.Node;
import io.skep.model.NodeStatus;
import io.skep.model.Segment;
import io.skep.model.SwarmSpec;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * While this manager leads: tells each agent with a session what concerns it, and finds out which nodes are lost. What agents ask is answered by
 * {@link SessionDesk}. Fields belong to the loop.
 */
@Component(
        service = {},
        immediate = true)
public final class AgentDispatcher {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofMillis(200);
    private final Transport transport;
    private final Scope scope;
    private final SessionTable sessions = new SessionTable();
    private final Heartbeats heartbeats = new Heartbeats();
    private final SessionDesk desk;
    private final List<Store.Watch> watches;
    /** Its evidence is welcome, but lost nodes are found without it, too. */
    private volatile Optional<Gossip> gossip = Optional.empty();

    private Snapshot seen = Snapshot.empty();
    private SwarmFacts facts = NodeFacts.shared(seen);
    /** By network, as of what was seen. */
    private Map<String, List<ServiceAddress>> services = Map.of();

    private long term;

    @Activate
    public AgentDispatcher(
            @Reference Store store,
            @Reference Transport transport,
            @Reference EventLoop loop,
            @Reference Issuers issuers) {
        this.transport = transport;
        scope = loop.open("dispatcher");
        desk = new SessionDesk(store, transport, scope, sessions, heartbeats, issuers, this::begin);
        watches = List.of(store.onLeadership(scope, this::lead), store.watch(scope, this::applied));
        desk.open();
    }

    /** Agents learn by their next beat that they must look for another manager. */
    @Deactivate
    void stop() {
        watches.forEach(Store.Watch::close);
        scope.close();
        desk.close();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(engine=atomix)")
    void bindGossip(Gossip bound) {
        gossip = Optional.of(bound);
    }

    void unbindGossip(Gossip unbound) {
        gossip = gossip.filter(bound -> bound != unbound);
    }

    private void lead(Leadership leadership) {
        long before = term;
        term = leadership.local() ? leadership.term() : 0;
        if (term == before) {
            return;
        }
        sessions.clear();
        desk.lead(term);
        if (term != 0) {
            List<String> missed = seen.all(Table.NODES).stream()
                    .filter(node -> node.status().state() != NodeStatus.State.DOWN)
                    .map(Node::id)
                    .toList();
            heartbeats.restart(missed, scope.now(), beat());
            check(term);
        }
    }

    /** Not the store's newest state: what follows tells the difference to what was seen here, and must not go back behind it. */
    private void begin(String nodeId, String sessionId) {
        NodeSession begun = new NodeSession(sessionId, nodeId, this::around, this::send);
        sessions.begin(begun);
        begun.all(seen, factsOf(nodeId));
    }

    private void send(NodeSession session, byte[] news) {
        transport
                .request(session.nodeId(), SessionWire.NEWS, news, ANSWER)
                .whenComplete((done, failure) -> post(() -> sent(session, failure)));
    }

    private void sent(NodeSession session, @Nullable Throwable failure) {
        if (!sessions.open(session)) {
            return;
        }
        if (failure == null) {
            session.delivered();
        } else if (SessionOver.is(failure)) {
            sessions.end(session);
        } else if (SessionOver.noAgent(failure)) {
            desk.agentStopped(session);
        } else {
            scope.after(AGAIN, () -> {
                if (sessions.open(session)) {
                    session.repeat();
                }
            });
        }
    }

    /** Looks for lost nodes again and again while this leadership lasts. */
    private void check(long leading) {
        if (term == leading) {
            Set<String> lost = new TreeSet<>(heartbeats.lost(scope.now(), beat(), this::dead));
            lost.forEach(nodeId -> desk.lost(nodeId, leading));
            scope.after(beat().dividedBy(2), () -> check(leading));
        }
    }

    private boolean dead(String nodeId) {
        return gossip.stream()
                .flatMap(bound -> bound.members().stream())
                .anyMatch(member -> member.nodeId().equals(nodeId) && member.liveness() == Member.Liveness.DEAD);
    }

    private void applied(Applied applied) {
        Snapshot before = seen;
        seen = applied.snapshot();
        desk.pace(beat());
        boolean renamed = applied.changes().isEmpty() || ServiceAddresses.changed(before, applied);
        if (renamed) {
            services = ServiceAddresses.of(seen);
        }
        if (applied.changes().isEmpty()) {
            facts = NodeFacts.shared(seen);
            seen.all(Table.NODES).forEach(this::await);
            sessions.all().forEach(session -> session.all(seen, factsOf(session.nodeId())));
            return;
        }
        Concerned.by(before, applied)
                .forEach((nodeId, tasks) -> sessions.of(nodeId).ifPresent(session -> session.some(seen, tasks)));
        if (renamed) {
            sessions.all().forEach(session -> session.moved(seen));
        }
        segmentNodes(applied).forEach(nodeId -> sessions.of(nodeId).ifPresent(session -> session.moved(seen)));
        Set<String> nodes = applied.changes().stream()
                .filter(change -> change.table() == Table.NODES)
                .map(Change::id)
                .collect(Collectors.toCollection(TreeSet::new));
        nodes.forEach(nodeId -> nodeChanged(before, nodeId));
        if (!nodes.isEmpty() || applied.changes().stream().anyMatch(change -> change.table() == Table.TRUST)) {
            tellFacts(nodes);
        }
    }

    /** A node that has just joined opens a session soon; one that is gone is not missed; one that was given up while it opened a session opens another. */
    private void nodeChanged(Snapshot before, String nodeId) {
        Optional<Node> node = seen.find(Table.NODES, nodeId);
        if (node.isEmpty()) {
            heartbeats.forget(nodeId);
            sessions.end(nodeId);
        } else if (node.get().status().state() == NodeStatus.State.DOWN) {
            sessions.end(nodeId);
        } else if (before.find(Table.NODES, nodeId).isEmpty() && term != 0) {
            desk.expect(nodeId);
        } else {
            await(node.get());
        }
    }

    /** Whoever counts as ready is missed when it is silent, even if its session never began: the answer to that write may have been lost. */
    private void await(Node node) {
        if (term != 0 && node.status().state() == NodeStatus.State.READY && !heartbeats.awaits(node.id())) {
            heartbeats.expect(node.id(), scope.now(), beat().multipliedBy(Heartbeats.GRACE), beat());
        }
    }

    /** Most of what changes of nodes is nothing to the others. */
    private void tellFacts(Set<String> changed) {
        SwarmFacts now = NodeFacts.shared(seen);
        if (now.equals(facts)) {
            changed.forEach(nodeId -> sessions.of(nodeId).ifPresent(session -> session.facts(factsOf(nodeId))));
        } else {
            facts = now;
            sessions.all().forEach(session -> session.facts(factsOf(session.nodeId())));
        }
    }

    private static Set<String> segmentNodes(Applied applied) {
        return applied.changes().stream()
                .filter(change -> change instanceof Change.Put<?> put && put.row() instanceof Segment)
                .map(change -> ((Segment) ((Change.Put<?>) change).row()).nodeId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Surroundings around(String nodeId, Set<String> networks) {
        List<ServiceAddress> named = networks.stream()
                .flatMap(id -> services.getOrDefault(id, List.of()).stream())
                .toList();
        return new Surroundings(Segments.standing(seen, nodeId), named);
    }

    private SwarmFacts factsOf(String nodeId) {
        return seen.find(Table.NODES, nodeId)
                .map(node -> NodeFacts.withRole(facts, NodeFacts.role(node)))
                .orElse(facts);
    }

    private Duration beat() {
        Duration asked =
                seen.swarm().map(swarm -> swarm.spec().heartbeatPeriod()).orElse(SwarmSpec.STANDARD.heartbeatPeriod());
        return Heartbeats.period(asked, seen.all(Table.NODES).size());
    }

    private void post(Runnable event) {
        if (!scope.closed()) {
            scope.execute(event);
        }
    }
}
