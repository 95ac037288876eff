package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Small messages do not wait until large ones are through. */
final class HeartbeatTest {
    private static final int MIB = 1024 * 1024;

    private final TestSwarm swarm = new TestSwarm();
    private final TlsTransport one = swarm.manager("one");
    private final TlsTransport two = swarm.manager("two");

    @AfterEach
    void stop() {
        swarm.close();
    }

    @Test
    void aHeartbeatOvertakesLargeBodiesOnTheSameConnection() {
        TestSwarm.echo(two, "test.beat", Access.MEMBERS);
        TestSwarm.echo(two, "test.large", Access.MEMBERS);
        TestSwarm.echo(two, "test.other", Access.MEMBERS);
        try (Relay relay = new Relay(two.port(), MIB)) {
            one.learn("two", relay.address());
            TestSwarm.ask(one, "two", "test.beat", "first");
            List<CompletionStage<byte[]>> large = new ArrayList<>();
            for (String subject : List.of("test.large", "test.large", "test.other")) {
                large.add(one.request("two", subject, new byte[Transport.MAX_BODY], TestSwarm.LONG));
            }
            var beat = one.request("two", "test.beat", new byte[10], TestSwarm.LONG);

            // what kernels and Netty hold is on its way already, the heartbeat comes next; 12 MiB would be the bodies
            relay.allow(3 * MIB);

            assertThat(Await.answer(beat)).hasSize(10);
            assertThat(large).noneMatch(body -> body.toCompletableFuture().isDone());
            relay.allow(100 * MIB);
            large.forEach(body -> assertThat(Await.answer(body)).hasSize(Transport.MAX_BODY));
            assertThat(relay.accepted()).isEqualTo(1);
        }
    }
}
