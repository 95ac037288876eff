package io.skep.gossip.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.gossip.Gossip;
import io.skep.api.identity.SwarmFacts;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.model.GossipKey;
import io.skep.model.NodeRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys change one node after another while all go on talking. */
final class KeyRotationTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final GossipKey FIRST = SocketSwarm.key(1, SocketSwarm.KEY);
    private static final GossipKey SECOND = SocketSwarm.key(2, filled(2));
    private static final GossipKey THIRD = SocketSwarm.key(3, filled(3));

    @TempDir
    private Path directory;

    @Test
    void nodesUnderstandOneAnotherWhileAKeyIsOnItsWay() {
        try (SocketSwarm swarm = new SocketSwarm()) {
            List<SimulatedNode> nodes = new ArrayList<>();
            List<AtomixGossip> gossips = new ArrayList<>();
            for (String id : List.of("one", "two", "three")) {
                SimulatedNode node = new SimulatedNode(id, "swarm", NodeRole.WORKER, directory);
                tell(node, List.of(FIRST));
                AtomixGossip gossip = (AtomixGossip) swarm.start(id);
                gossip.follow(node);
                nodes.add(node);
                gossips.add(gossip);
            }
            String known = gossips.get(0).members().get(0).address();
            gossips.get(1).seed(List.of(known));
            gossips.get(2).seed(List.of(known));
            passes(swarm, gossips, "before");

            for (SimulatedNode node : nodes) {
                tell(node, List.of(FIRST, SECOND));
                passes(swarm, gossips, "second at " + node.nodeId());
            }
            for (SimulatedNode node : nodes) {
                tell(node, List.of(FIRST, SECOND, THIRD));
                passes(swarm, gossips, "third at " + node.nodeId());
            }
            for (SimulatedNode node : nodes) {
                tell(node, List.of(SECOND, THIRD));
                passes(swarm, gossips, "without the first at " + node.nodeId());
            }
        }
    }

    @Test
    void whoMissedEveryKeyIsNotUnderstoodUntilItIsToldThem() {
        try (SocketSwarm swarm = new SocketSwarm()) {
            SimulatedNode node = new SimulatedNode("one", "swarm", NodeRole.WORKER, directory);
            tell(node, List.of(SECOND));
            AtomixGossip one = (AtomixGossip) swarm.start("one");
            one.follow(node);
            Gossip two = swarm.start("two");
            two.seed(List.of(one.members().get(0).address()));
            two.publish("endpoints", Map.of("small", new byte[10], "large", new byte[16_000]));

            swarm.until(() -> false, Duration.ofMillis(700));
            assertThat(one.members()).hasSize(1);

            tell(node, List.of(FIRST, SECOND));
            one.seed(List.of(two.members().get(0).address()));
            assertThat(swarm.until(() -> one.members().size() == 2, DEADLINE)).isTrue();
            assertThat(swarm.until(() -> one.table("endpoints").containsKey("two"), DEADLINE))
                    .isTrue();
        }
    }

    /** Small and large statements of every node reach all others, by datagram and by stream. */
    private static void passes(SocketSwarm swarm, List<AtomixGossip> gossips, String mark) {
        for (AtomixGossip gossip : gossips) {
            gossip.publish("small", Map.of(mark, new byte[1]));
            gossip.publish("large", Map.of(mark, new byte[16_000]));
        }
        for (AtomixGossip reader : gossips) {
            for (AtomixGossip owner : gossips) {
                assertThat(swarm.until(
                                () -> has(reader, owner, "small", mark) && has(reader, owner, "large", mark), DEADLINE))
                        .as("%s at %s, of %s", mark, reader.nodeId(), owner.nodeId())
                        .isTrue();
            }
        }
    }

    private static boolean has(Gossip reader, Gossip owner, String table, String key) {
        return reader.table(table).getOrDefault(owner.nodeId(), Map.of()).containsKey(key);
    }

    private static void tell(SimulatedNode node, List<GossipKey> keys) {
        SwarmFacts facts = node.facts();
        node.learn(new SwarmFacts(List.of(), keys, facts.roots(), facts.role(), facts.revoked()));
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
