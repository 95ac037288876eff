package io.skep.discovery;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.model.Endpoint;
import io.skep.model.codec.Codec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A gossip that knows what the test tells it, and reports on the test's thread. */
final class ScriptedGossip implements Gossip {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, Map<String, byte[]>> table = Map.of();
    private volatile Map<String, Map<String, byte[]>> pauses = Map.of();
    private volatile List<Member> members = List.of(new Member("n1", "n1:7946", Liveness.ALIVE));

    /** The whole table of one node from now on. */
    void tells(String node, Endpoint... endpoints) {
        Map<String, byte[]> entries = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            entries.put(endpoint.taskId(), Codec.toBytes(endpoint));
        }
        Map<String, Map<String, byte[]>> next = new TreeMap<>(table);
        next.put(node, entries);
        table = next;
        listeners.forEach(listener -> listener.accept(Change.TABLES));
    }

    /** Which nodes have said that they only stop their gossip. */
    void pauses(String... nodes) {
        Map<String, Map<String, byte[]>> next = new TreeMap<>();
        for (String node : nodes) {
            next.put(node, Map.of("gossip", new byte[0]));
        }
        pauses = next;
        listeners.forEach(listener -> listener.accept(Change.TABLES));
    }

    void sees(Member... seen) {
        members = List.of(seen);
        listeners.forEach(listener -> listener.accept(Change.MEMBERS));
    }

    int listeners() {
        return listeners.size();
    }

    @Override
    public String nodeId() {
        return "n1";
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public void seed(List<String> addresses) {
        throw new UnsupportedOperationException("discovery seeds nothing");
    }

    @Override
    public void publish(String name, Map<String, byte[]> entries) {
        throw new UnsupportedOperationException("discovery publishes nothing");
    }

    @Override
    public Map<String, Map<String, byte[]>> table(String name) {
        if (name.equals(Endpoint.TABLE) || name.equals(PAUSES)) {
            return name.equals(PAUSES) ? pauses : table;
        }
        Map<String, Map<String, byte[]>> told = table;
        return Bench.everywhere(told.keySet(), Known.endpoints(told).values());
    }

    @Override
    public Subscription onChange(Consumer<Change> listener) {
        listeners.add(listener);
        listener.accept(Change.TABLES);
        return () -> listeners.remove(listener);
    }
}
