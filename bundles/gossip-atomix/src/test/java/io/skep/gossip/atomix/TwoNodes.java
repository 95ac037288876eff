package io.skep.gossip.atomix;

import io.skep.api.gossip.Gossip;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A short life of two nodes that talk by datagram and by stream: what a swap test opens and closes. */
public final class TwoNodes implements Runnable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @Override
    public void run() {
        try (SocketSwarm swarm = new SocketSwarm()) {
            Gossip one = swarm.start("one");
            Gossip two = swarm.start("two");
            two.seed(List.of(one.members().get(0).address()));
            two.publish("endpoints", Map.of("small", new byte[10], "large", new byte[16_000]));
            if (!swarm.until(() -> one.table("endpoints").containsKey("two"), DEADLINE)) {
                throw new AssertionError("the two nodes did not meet");
            }
        }
    }
}
