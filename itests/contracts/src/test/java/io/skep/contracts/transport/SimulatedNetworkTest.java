package io.skep.contracts.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class SimulatedNetworkTest extends TransportContract {
    private final SimulatedNetwork network = new SimulatedNetwork();

    @Override
    protected Transport manager(String nodeId) {
        return network.manager(nodeId);
    }

    @Override
    protected Transport worker(String nodeId) {
        return network.node(nodeId, NodeRole.WORKER);
    }

    @Test
    void losesWhatCrossesACutUntilItHeals() {
        Transport one = manager("one");
        manager("two").serve("test.echo", Access.MEMBERS, (peer, body) -> CompletableFuture.completedFuture(body));

        network.cut("two");
        assertThat(Await.failure(ask(one)).code()).isEqualTo(ErrorCode.TIMED_OUT);
        network.heal("two");
        assertThat(Await.answer(ask(one))).isEmpty();
        network.cut("two", "one");
        assertThat(Await.failure(ask(one)).code()).isEqualTo(ErrorCode.TIMED_OUT);
        network.heal();
        assertThat(Await.answer(ask(one))).isEmpty();
    }

    private static CompletionStage<byte[]> ask(Transport from) {
        return from.request("two", "test.echo", new byte[0], Duration.ofMillis(50));
    }
}
