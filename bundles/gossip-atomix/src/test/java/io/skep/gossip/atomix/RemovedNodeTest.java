package io.skep.gossip.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.gossip.Gossip;
import io.skep.api.identity.SwarmFacts;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.model.GossipKey;
import io.skep.model.NodeRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that was removed from the swarm has its keys for hours yet: what it tells is not heard. */
final class RemovedNodeTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void whatItTellsIsNotHeardFromThenOn() {
        try (SocketSwarm swarm = new SocketSwarm()) {
            SimulatedNode node = new SimulatedNode("one", "swarm", NodeRole.WORKER, directory);
            tell(node, List.of());
            AtomixGossip one = (AtomixGossip) swarm.start("one");
            one.follow(node);
            Gossip two = swarm.start("two");
            two.seed(List.of(one.members().get(0).address()));
            two.publish("endpoints", Map.of("task", new byte[10]));
            assertThat(swarm.until(() -> hears(one, "endpoints"), DEADLINE)).isTrue();

            tell(node, List.of("two"));
            assertThat(swarm.until(
                            () -> !hears(one, "endpoints") && one.members().size() == 1, DEADLINE))
                    .isTrue();
            two.publish("segments", Map.of("network", new byte[10]));
            one.publish("own", Map.of("a", new byte[1]));
            assertThat(swarm.until(() -> two.table("own").containsKey("one"), DEADLINE))
                    .isTrue();
            assertThat(hears(one, "segments")).isFalse();

            tell(node, List.of());
            assertThat(swarm.until(() -> hears(one, "segments") && one.members().size() == 2, DEADLINE))
                    .isTrue();
        }
    }

    private static boolean hears(Gossip one, String table) {
        return one.table(table).containsKey("two");
    }

    private static void tell(SimulatedNode node, List<String> revoked) {
        SwarmFacts facts = node.facts();
        List<GossipKey> keys = List.of(SocketSwarm.key(1, SocketSwarm.KEY));
        node.learn(new SwarmFacts(List.of(), keys, facts.roots(), facts.role(), revoked));
    }
}
