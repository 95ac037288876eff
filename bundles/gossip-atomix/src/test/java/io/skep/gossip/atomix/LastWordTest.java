package io.skep.gossip.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.gossip.Gossip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is stated just before the engine closes still goes out. */
final class LastWordTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @Test
    void aStatementBeforeTheEndIsHeard() {
        try (SocketSwarm swarm = new SocketSwarm()) {
            Gossip one = swarm.start("one");
            Gossip two = swarm.start("two");
            two.seed(List.of(one.members().get(0).address()));
            assertThat(swarm.until(() -> two.members().size() == 2, DEADLINE)).isTrue();
            two.publish(Gossip.PAUSES, Map.of("gossip", new byte[0]));
            swarm.stop("two");
            assertThat(swarm.until(() -> one.table(Gossip.PAUSES).containsKey("two"), DEADLINE))
                    .isTrue();
        }
    }
}
