package io.skep.gossip.atomix;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Gossip whose membership is Atomix's SWIM and whose tables are repaired by anti-entropy. */
@Component(
        service = Gossip.class,
        immediate = true,
        property = "engine=atomix",
        configurationPid = "io.skep.gossip.atomix")
@Designate(ocd = GossipConfig.class)
public final class AtomixGossip implements Gossip, AutoCloseable {
    private static final Duration EXPIRY_CHECK = Duration.ofMinutes(1);

    private final GossipSettings settings;
    private final Reactor reactor;
    private final Roster roster;
    private final Tables tables;
    private final SwimMembership membership;
    private final Reconnection reconnection;
    private final AntiEntropy antiEntropy;
    private final Retention retention;
    private final GossipListeners listeners = new GossipListeners();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean lookWaits = new AtomicBoolean();
    private volatile Map<String, Map<String, Map<String, byte[]>>> views = Map.of();
    /** Nodes that were removed from the swarm: they have its keys for hours yet, and may be back. */
    private volatile Set<String> removed = Set.of();

    private volatile Optional<io.skep.api.identity.Subscription> told = Optional.empty();
    private boolean membersChanged;

    /** Called by Declarative Services while the node is in a swarm. */
    @Activate
    public AtomixGossip(@Reference(policyOption = ReferencePolicyOption.GREEDY) LocalNode node, GossipConfig config) {
        this(Configuration.settings(node, config), UnaryOperator.identity());
        follow(node);
    }

    /**
     * @param network wraps the channel, so that a test can cut it
     */
    AtomixGossip(GossipSettings settings, UnaryOperator<Channel> network) {
        this.settings = settings;
        reactor = new Reactor("skep-gossip", this::report);
        try {
            Channel channel = network.apply(new SocketChannels(
                    reactor, settings.ring(), settings.bind(), settings.advertise(), settings.port()));
            Post post = new Post(channel);
            post.open();
            roster = new Roster(settings.nodeId(), channel.endpoint());
            tables = new Tables(settings.nodeId(), settings.run());
            retention = new Retention(settings.pace().retention().toNanos());
            SwimMessages messages =
                    new SwimMessages(reactor, post, address -> roster().dead().contains(address));
            membership = new SwimMembership(settings, channel.endpoint(), messages, this::membersMayHaveChanged);
            reconnection = new Reconnection(roster, membership::probe);
            antiEntropy = new AntiEntropy(post, tables, roster, retention, membership::probe);
        } catch (RuntimeException | Error e) {
            reactor.close();
            throw e;
        }
        start();
    }

    /** Keys and managers change while the node runs. */
    void follow(LocalNode node) {
        told = Optional.of(node.onChange(() -> take(node.facts())));
        take(node.facts());
    }

    private void take(SwarmFacts facts) {
        settings.ring().replace(facts.gossipKeys());
        List<Endpoint> managers = Configuration.managers(facts, settings.port());
        Set<String> revoked = Set.copyOf(facts.revoked());
        reactor.execute(() -> {
            reconnection.managers(managers);
            if (!removed.equals(revoked)) {
                removed = revoked;
                tables.touch();
                membersChanged = true;
            }
        });
    }

    private Roster roster() {
        return roster;
    }

    private void start() {
        GossipSettings.Pace pace = settings.pace();
        compareAfter(pace.repair());
        reactor.every(pace.reconnect(), reconnection::knock);
        reactor.every(EXPIRY_CHECK, this::forgetLongDead);
        membership.start();
        reactor.start();
    }

    private void compareAfter(Duration pause) {
        reactor.after(pause, () -> {
            antiEntropy.compareWithNext();
            compareAfter(antiEntropy.pause(settings.pace().repair()));
        });
    }

    /** Ends the threads and frees the ports; other nodes are not told, for the node may be back in a moment. */
    @Deactivate
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            told.ifPresent(io.skep.api.identity.Subscription::close);
            listeners.clear();
            membership.close();
            reactor.close();
        }
    }

    @Override
    public String nodeId() {
        return settings.nodeId();
    }

    @Override
    public List<Member> members() {
        return roster.members().stream()
                .filter(member -> !removed.contains(member.nodeId()))
                .toList();
    }

    @Override
    public void seed(List<String> addresses) {
        List<Endpoint> seeds = addresses.stream().map(Endpoint::parse).toList();
        requireOpen();
        reactor.execute(() -> reconnection.seed(seeds));
    }

    @Override
    public void publish(String table, Map<String, byte[]> entries) {
        Map<String, byte[]> statement = Statement.copy(table, entries);
        requireOpen();
        reactor.execute(() -> tables.state(table, statement).ifPresent(antiEntropy::push));
    }

    @Override
    public Map<String, Map<String, byte[]>> table(String table) {
        Statement.checkTable(table);
        return views.getOrDefault(table, Map.of());
    }

    @Override
    public Subscription onChange(Consumer<Change> listener) {
        requireOpen();
        GossipListeners.Listening listening = listeners.add(listener);
        reactor.execute(() -> {
            listening.tell(Change.MEMBERS);
            listening.tell(Change.TABLES);
        });
        return () -> listeners.remove(listening);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new SkepException(
                    ErrorCode.PART_MISSING, "gossip was stopped; start the bundle io.skep.gossip-atomix and try again");
        }
    }

    /** On Atomix's thread; several changes make one look. */
    private void membersMayHaveChanged() {
        if (lookWaits.compareAndSet(false, true)) {
            reactor.execute(() -> {
                lookWaits.set(false);
                lookAtMembers();
            });
        }
    }

    private void lookAtMembers() {
        Roster.News news = roster.update(membership.members());
        membersChanged |= news.changed();
        // Both ends probe: each learns whether the other still holds it for dead, and can refute.
        news.appeared().forEach(membership::probe);
        antiEntropy.welcome(news.appeared());
    }

    private void forgetLongDead() {
        List<String> expired = retention.expire(roster.andOwners(tables.owners()), roster::lives, System.nanoTime());
        for (String owner : expired) {
            Endpoint address = roster.forget(owner);
            if (address != null) {
                membership.forget(owner, address);
                membersChanged = true;
            }
        }
        tables.forget(expired);
    }

    /** At the end of every turn of the reactor: many changes make one report. */
    private void report() {
        var changed = tables.takeChanged();
        if (!changed.isEmpty()) {
            Map<String, Map<String, Map<String, byte[]>>> next = new TreeMap<>(views);
            changed.forEach(table -> next.put(table, tables.view(table, removed)));
            views = Collections.unmodifiableMap(next);
            listeners.tell(Change.TABLES);
        }
        if (membersChanged) {
            membersChanged = false;
            listeners.tell(Change.MEMBERS);
        }
    }
}
