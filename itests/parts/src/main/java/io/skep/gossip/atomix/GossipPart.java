package io.skep.gossip.atomix;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Gossip whose tables, repair and messages are those of production, and whose members and wire a test gives; used by one thread, the one that its wire's
 * timers run on.
 */
public final class GossipPart implements Gossip {
    private static final Duration REPAIR = Duration.ofSeconds(1);

    /** Carries messages and waits. */
    public interface Wire {
        /** Sends or loses a message to the node at an address. */
        void send(String address, byte[] message);

        /** Does something later. */
        void after(Duration delay, Runnable work);
    }

    private final Gossip membership;
    private final UnaryOperator<String> addresses;
    private final Wire wire;
    private final Roster roster;
    private final Tables tables;
    private final AntiEntropy antiEntropy;
    private final List<Listening> listeners = new ArrayList<>();
    private final Map<String, Map<String, Map<String, byte[]>>> views = new TreeMap<>();
    private Consumer<byte[]> receiver = message -> {};
    private boolean stopped;

    /**
     * A node that has just started.
     *
     * @param membership who is there; nothing is published to it
     * @param run later runs of a node have greater numbers
     * @param addresses where each node is, as {@code host:port} with a numeric host
     */
    public GossipPart(Gossip membership, long run, UnaryOperator<String> addresses, Wire wire) {
        this.membership = membership;
        this.addresses = addresses;
        this.wire = wire;
        Endpoint here = Endpoint.parse(addresses.apply(membership.nodeId()));
        Post post = new Post(new Wired(here));
        post.open();
        roster = new Roster(membership.nodeId(), here);
        tables = new Tables(membership.nodeId(), run);
        antiEntropy = new AntiEntropy(post, tables, roster, new Retention(Long.MAX_VALUE), unknown -> {});
        var unused = membership.onChange(this::changed);
        repair();
    }

    /** The wire as production's channel. */
    private final class Wired implements Channel {
        private final Endpoint here;

        Wired(Endpoint here) {
            this.here = here;
        }

        @Override
        public void open(Consumer<byte[]> to) {
            receiver = to;
        }

        @Override
        public Endpoint endpoint() {
            return here;
        }

        @Override
        public void send(Endpoint to, byte[] message) {
            wire.send(to.toString(), message);
        }
    }

    private final class Listening implements Subscription {
        private final Consumer<Change> listener;

        Listening(Consumer<Change> listener) {
            this.listener = listener;
        }

        void tell(Change change) {
            wire.after(Duration.ZERO, () -> {
                if (listeners.contains(this)) {
                    listener.accept(change);
                }
            });
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }

    /** A message has come. */
    public void receive(byte[] message) {
        receiver.accept(message);
        report();
    }

    /** Ends without a word to anybody. */
    public void stop() {
        stopped = true;
        listeners.clear();
    }

    private void repair() {
        wire.after(REPAIR, () -> {
            if (!stopped) {
                antiEntropy.compareWithNext();
                repair();
            }
        });
    }

    private void changed(Change change) {
        if (change == Change.MEMBERS && !stopped) {
            Roster.News news = roster.update(membership.members().stream()
                    .filter(member -> member.liveness() != Liveness.DEAD)
                    .map(this::seen)
                    .toList());
            antiEntropy.welcome(news.appeared());
            tell(Change.MEMBERS);
        }
    }

    private SwimMembership.Seen seen(Member member) {
        Endpoint where = Endpoint.parse(addresses.apply(member.nodeId()));
        return new SwimMembership.Seen(member.nodeId(), where, member.liveness(), "");
    }

    private void report() {
        Set<String> changed = tables.takeChanged();
        if (!changed.isEmpty()) {
            changed.forEach(table -> views.put(table, tables.view(table, Set.of())));
            tell(Change.TABLES);
        }
    }

    private void tell(Change change) {
        listeners.forEach(listening -> listening.tell(change));
    }

    @Override
    public String nodeId() {
        return membership.nodeId();
    }

    @Override
    public List<Member> members() {
        return membership.members();
    }

    @Override
    public void seed(List<String> seeds) {
        membership.seed(seeds);
    }

    @Override
    public void publish(String table, Map<String, byte[]> entries) {
        requireRunning();
        tables.state(table, Statement.copy(table, entries)).ifPresent(antiEntropy::push);
        report();
    }

    @Override
    public Map<String, Map<String, byte[]>> table(String table) {
        return views.getOrDefault(table, Map.of());
    }

    @Override
    public Subscription onChange(Consumer<Change> listener) {
        requireRunning();
        Listening listening = new Listening(listener);
        listeners.add(listening);
        listening.tell(Change.MEMBERS);
        listening.tell(Change.TABLES);
        return listening;
    }

    private void requireRunning() {
        if (stopped) {
            throw new SkepException(ErrorCode.PART_MISSING, "gossip was stopped");
        }
    }
}
