package io.skep.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.transport.Access;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that loses its power, as seen from the other side: nothing comes any more, and nothing is closed. */
final class SilenceTest {
    private final TestSwarm swarm = new TestSwarm();
    private final TlsTransport one = swarm.manager("one");
    private final TlsTransport two = swarm.manager("two");
    private final Relay relay = new Relay(two.port());

    @AfterEach
    void stop() {
        relay.close();
        swarm.close();
    }

    private void connect() {
        one.learn("two", relay.address());
        TestSwarm.echo(two, "test.echo", Access.MEMBERS);
        two.serve("test.silent", Access.MEMBERS, (peer, body) -> new CompletableFuture<>());
        TestSwarm.ask(one, "two", "test.echo", "here");
    }

    private static void assertNoticed(SkepException failure, long begun) {
        assertThat(failure.code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(failure).hasMessage("the connection with node two at 127.0.0.1 broke: it gave no sign of life");
        // 2 s by design; the rest is for a test machine that has other things to do
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isBetween(1000L, 8000L);
    }

    @Test
    void failsWhatIsUnderWaySoon() {
        connect();
        var answer = one.request("two", "test.silent", new byte[0], TestSwarm.LONG);

        long begun = System.nanoTime();
        relay.die();

        assertNoticed(Await.failure(answer), begun);
    }

    @Test
    void failsALargeRequestThatNobodyTakesSoon() {
        connect();
        relay.die();

        long begun = System.nanoTime();
        var answer = one.request("two", "test.silent", new byte[4 * 1024 * 1024], TestSwarm.LONG);

        assertNoticed(Await.failure(answer), begun);
    }

    @Test
    void failsWhatWaitsForAConnectionSoon() {
        connect();
        relay.die();
        Await.failure(one.request("two", "test.silent", new byte[0], TestSwarm.LONG));

        SkepException failure = Await.failure(one.request("two", "test.echo", new byte[0], TestSwarm.LONG));

        assertThat(failure.code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(failure)
                .hasMessage("node two cannot be reached at " + relay.address()
                        + ": it did not finish the TLS handshake in time");
    }

    @Test
    void reachesItAgainOnceItIsBack() {
        connect();
        relay.die();
        Await.failure(one.request("two", "test.silent", new byte[0], TestSwarm.LONG));

        one.learn("two", TestSwarm.address(two));

        assertThat(TestSwarm.ask(one, "two", "test.echo", "back")).isEqualTo("back");
    }

    @Test
    void doesNotMistakeASlowAnswerForSilence() {
        connect();

        SkepException failure = Await.failure(one.request("two", "test.silent", new byte[0], Duration.ofSeconds(4)));

        assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
        assertThat(relay.accepted()).isEqualTo(1);
    }
}
