package io.skep.manager;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A gossip that thinks of nodes what a test says. */
final class ScriptedGossip implements Gossip {
    private final List<Member> members = new ArrayList<>();

    void dead(String nodeId) {
        members.add(new Member(nodeId, "127.0.0.1:7946", Member.Liveness.DEAD));
    }

    @Override
    public String nodeId() {
        return "m1";
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public void seed(List<String> addresses) {
        // nobody is looked for
    }

    @Override
    public void publish(String table, Map<String, byte[]> entries) {
        // nobody listens
    }

    @Override
    public Map<String, Map<String, byte[]>> table(String table) {
        return Map.of();
    }

    @Override
    public Subscription onChange(Consumer<Change> listener) {
        return () -> {};
    }
}
