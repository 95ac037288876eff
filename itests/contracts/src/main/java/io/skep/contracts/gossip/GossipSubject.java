package io.skep.contracts.gossip;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.opentest4j.AssertionFailedError;

/** What the parts of the gossip contract share: nodes of one swarm, and waiting for what they should see. */
public abstract class GossipSubject {
    /** Much longer than anything here takes, for a loaded machine. */
    static final Duration DEADLINE = Duration.ofSeconds(20);
    /** A pause that must have no consequence. */
    static final Duration PAUSE = Duration.ofMillis(500);

    static final String TABLE = "endpoints";

    GossipSwarm swarm;

    /** A fresh swarm without nodes, closed by the contract. */
    protected abstract GossipSwarm newSwarm();

    @BeforeEach
    final void begin() {
        swarm = newSwarm();
    }

    @AfterEach
    final void end() {
        swarm.close();
    }

    Gossip start(String nodeId) {
        return swarm.start(nodeId);
    }

    static void join(Gossip node, Gossip known) {
        node.seed(List.of(known.members().get(0).address()));
    }

    /** Three nodes that know of each other. */
    List<Gossip> three() {
        List<Gossip> nodes = List.of(start("one"), start("two"), start("three"));
        join(nodes.get(1), nodes.get(0));
        join(nodes.get(2), nodes.get(0));
        awaitAll(
                "three members",
                nodes,
                node -> node.members().size() == 3
                        && node.members().stream().allMatch(member -> member.liveness() == Liveness.ALIVE));
        return nodes;
    }

    /** What must hold of a node. */
    @FunctionalInterface
    interface Expectation {
        boolean holds(Gossip node);
    }

    void await(String what, BooleanSupplier condition) {
        if (!swarm.until(condition, DEADLINE)) {
            throw new AssertionFailedError("not within " + DEADLINE.toSeconds() + " s: " + what);
        }
    }

    void awaitAll(String what, List<Gossip> nodes, Expectation expected) {
        if (!swarm.until(() -> nodes.stream().allMatch(expected::holds), DEADLINE)) {
            StringBuilder seen = new StringBuilder();
            nodes.forEach(
                    node -> seen.append('\n').append(node.nodeId()).append(": ").append(describe(node)));
            throw new AssertionFailedError("not within " + DEADLINE.toSeconds() + " s: " + what + seen);
        }
    }

    static String describe(Gossip node) {
        StringBuilder text = new StringBuilder();
        node.members().forEach(member -> text.append(member.nodeId())
                .append(' ')
                .append(member.liveness())
                .append(", "));
        node.table(TABLE)
                .forEach((owner, entries) ->
                        text.append(owner).append('{').append(text(entries)).append("} "));
        return text.toString();
    }

    static boolean sees(Gossip node, String owner, String expected) {
        return text(node.table(TABLE).get(owner)).equals(expected);
    }

    static String text(@Nullable Map<String, byte[]> entries) {
        if (entries == null) {
            return "absent";
        }
        StringBuilder text = new StringBuilder();
        new TreeMap<>(entries).forEach((key, value) -> text.append(text.isEmpty() ? "" : " ")
                .append(key)
                .append('=')
                .append(new String(value, UTF_8)));
        return text.toString();
    }

    static @Nullable Liveness liveness(Gossip node, String member) {
        return node.members().stream()
                .filter(known -> known.nodeId().equals(member))
                .map(Member::liveness)
                .findFirst()
                .orElse(null);
    }

    static Map<String, byte[]> entries(String... keysAndValues) {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put(keysAndValues[i], keysAndValues[i + 1].getBytes(UTF_8));
        }
        return entries;
    }
}
