package io.skep.contracts.gossip;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A node of a {@link SimulatedGossipNetwork}; used by one thread, the one that its timers run on. */
public final class SimulatedGossip implements Gossip {
    private static final Pattern TABLE = Pattern.compile("[a-z-]{1,32}");
    private static final Pattern ADDRESS = Pattern.compile("(\\S+):(\\d+)");
    private static final int PORT = 7946;
    private static final int LARGEST_VALUE = 16 << 10;

    private final SimulatedGossipNetwork network;
    private final String nodeId;
    private final long run;
    private final Map<String, Liveness> peers = new TreeMap<>();
    private final Map<String, Map<String, SimulatedStatement>> tables = new TreeMap<>();
    private final List<Listening> listeners = new ArrayList<>();
    private boolean stopped;
    private long counter;

    SimulatedGossip(SimulatedGossipNetwork network, String nodeId, long run) {
        this.network = network;
        this.nodeId = nodeId;
        this.run = run;
    }

    private final class Listening implements Subscription {
        private final Consumer<Change> listener;
        private boolean ended;

        private Listening(Consumer<Change> listener) {
            this.listener = listener;
        }

        void tell(Change change) {
            network.report(() -> {
                if (!ended && !stopped) {
                    listener.accept(change);
                }
            });
        }

        @Override
        public void close() {
            ended = true;
            listeners.remove(this);
        }
    }

    @Override
    public String nodeId() {
        return nodeId;
    }

    @Override
    public List<Member> members() {
        List<Member> members = new ArrayList<>();
        members.add(new Member(nodeId, address(nodeId), Liveness.ALIVE));
        peers.forEach((id, liveness) -> members.add(new Member(id, address(id), liveness)));
        return Collections.unmodifiableList(members);
    }

    private static String address(String nodeId) {
        return nodeId + ":" + PORT;
    }

    @Override
    public void seed(List<String> addresses) {
        requireRunning();
        for (String address : addresses) {
            var parts = ADDRESS.matcher(address);
            if (!parts.matches()) {
                throw refused("gossip address " + address + " is not host:port");
            }
            network.meet(nodeId, parts.group(1));
        }
    }

    @Override
    public void publish(String table, Map<String, byte[]> entries) {
        requireRunning();
        check(table, entries);
        Map<String, SimulatedStatement> owners = tables.computeIfAbsent(table, name -> new TreeMap<>());
        SimulatedStatement before = owners.get(nodeId);
        if (before != null && before.says(run, entries)) {
            return;
        }
        SimulatedStatement statement = new SimulatedStatement(run, ++counter, entries);
        owners.put(nodeId, statement);
        tell(Change.TABLES);
        peers.keySet().forEach(peer -> network.push(nodeId, peer, table, nodeId, statement));
    }

    private static void check(String table, Map<String, byte[]> entries) {
        if (!TABLE.matcher(table).matches()) {
            throw refused("a gossip table is named by 1 to 32 characters of [a-z-], not \"" + table + "\"");
        }
        entries.forEach((key, value) -> {
            if (value.length > LARGEST_VALUE) {
                throw refused(
                        "the entry " + key + " of table " + table + " is larger than " + LARGEST_VALUE + " bytes");
            }
        });
    }

    @Override
    public Map<String, Map<String, byte[]>> table(String table) {
        Map<String, Map<String, byte[]>> view = new TreeMap<>();
        tables.getOrDefault(table, Map.of()).forEach((owner, statement) -> view.put(owner, statement.entries()));
        return Collections.unmodifiableMap(view);
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

    /** The members that this node ever knew, without itself. */
    Set<String> peers() {
        return new TreeSet<>(peers.keySet());
    }

    /** Whom {@code other} holds for alive and this node does not know. */
    Set<String> strangers(SimulatedGossip other) {
        Set<String> strangers = new TreeSet<>();
        other.peers.forEach((id, liveness) -> {
            if (liveness == Liveness.ALIVE && !id.equals(nodeId) && !peers.containsKey(id)) {
                strangers.add(id);
            }
        });
        return strangers;
    }

    /** Takes over what another node knows. */
    void learn(SimulatedGossip other) {
        if (peers.put(other.nodeId, Liveness.ALIVE) != Liveness.ALIVE) {
            tell(Change.MEMBERS);
        }
        other.tables.forEach((table, owners) -> owners.forEach((owner, statement) -> learn(table, owner, statement)));
    }

    void learn(String table, String owner, SimulatedStatement statement) {
        Map<String, SimulatedStatement> owners = tables.computeIfAbsent(table, name -> new TreeMap<>());
        SimulatedStatement known = owners.get(owner);
        if (known == null || statement.newerThan(known)) {
            owners.put(owner, statement);
            tell(Change.TABLES);
        }
    }

    /** Thinks {@code opinion} of a member that it knows. */
    void opine(String member, Liveness opinion) {
        if (peers.containsKey(member) && peers.put(member, opinion) != opinion) {
            tell(Change.MEMBERS);
        }
    }

    void stop() {
        stopped = true;
    }

    private void tell(Change change) {
        List.copyOf(listeners).forEach(listening -> listening.tell(change));
    }

    private void requireRunning() {
        if (stopped) {
            throw new SkepException(ErrorCode.PART_MISSING, "gossip was stopped; start its bundle and try again");
        }
    }

    private static SkepException refused(String message) {
        return new SkepException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
