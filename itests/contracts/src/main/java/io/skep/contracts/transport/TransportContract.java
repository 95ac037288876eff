package io.skep.contracts.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every {@link Transport} must do; each implementation's test extends it. */
public abstract class TransportContract {
    private static final Duration LONG = Duration.ofSeconds(10);

    /** A started transport of a manager, known to the other nodes of this test. */
    protected abstract Transport manager(String nodeId);

    @Test
    void bringsBackTheAnswerAndTellsTheHandlerWhoAsks() {
        Transport one = manager("one");
        Transport two = manager("two");
        AtomicReference<String> asked = new AtomicReference<>("");
        two.serve("test.echo", (peer, body) -> {
            asked.set(peer.nodeId() + " " + peer.role() + " " + new String(body, UTF_8));
            return CompletableFuture.completedFuture("world".getBytes(UTF_8));
        });

        assertThat(ask(one, "two", "test.echo", "hello")).isEqualTo("world");
        assertThat(asked.get()).isEqualTo("one " + NodeRole.MANAGER + " hello");
    }

    @Test
    void answersRequestsOfTheNodeToItself() {
        Transport one = manager("one");
        one.serve("test.self", (peer, body) -> CompletableFuture.completedFuture(body));

        assertThat(ask(one, "one", "test.self", "me")).isEqualTo("me");
    }

    @Test
    void carriesTheLargestBodyBothWays() {
        Transport one = manager("one");
        manager("two").serve("test.large", (peer, body) -> CompletableFuture.completedFuture(body));
        byte[] body = new byte[4 * 1024 * 1024];
        body[body.length - 1] = 7;

        byte[] answer = Await.answer(one.request("two", "test.large", body, LONG));

        assertThat(answer).isEqualTo(body);
    }

    @Test
    void passesTheHandlersErrorOn() {
        Transport one = manager("one");
        manager("two")
                .serve(
                        "test.refuse",
                        (peer, body) ->
                                CompletableFuture.failedFuture(new SkepException(ErrorCode.IN_USE, "held by another")));

        SkepException failure = failureOf(one, "two", "test.refuse");

        assertThat(failure.code()).isEqualTo(ErrorCode.IN_USE);
        assertThat(failure).hasMessageContaining("held by another");
    }

    @Test
    void turnsAnyOtherFailureOfTheHandlerIntoFailed() {
        Transport one = manager("one");
        manager("two").serve("test.break", (peer, body) -> {
            throw new IllegalStateException("broken");
        });

        assertThat(failureOf(one, "two", "test.break").code()).isEqualTo(ErrorCode.FAILED);
    }

    @Test
    void tellsAnUnknownSubjectFromAnUnknownNode() {
        Transport one = manager("one");
        manager("two");

        assertThat(failureOf(one, "two", "test.nothing").code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failureOf(one, "nobody", "test.nothing").code()).isEqualTo(ErrorCode.PART_MISSING);
    }

    @Test
    void timesOutWhenTheHandlerDoesNotAnswer() {
        Transport one = manager("one");
        manager("two").serve("test.silent", (peer, body) -> new CompletableFuture<>());

        SkepException failure = Await.failure(one.request("two", "test.silent", new byte[0], Duration.ofMillis(50)));

        assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
    }

    @Test
    void servesASubjectOnceUntilItIsClosed() {
        Transport one = manager("one");
        Transport.Registration first = one.serve("test.once", (peer, body) -> CompletableFuture.completedFuture(body));

        assertThatThrownBy(() -> one.serve("test.once", (peer, body) -> CompletableFuture.completedFuture(body)))
                .isInstanceOfSatisfying(
                        SkepException.class, known -> assertThat(known.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
        first.close();
        first.close();
        one.serve("test.once", (peer, body) -> CompletableFuture.completedFuture("again".getBytes(UTF_8)));

        assertThat(ask(one, "one", "test.once", "?")).isEqualTo("again");
    }

    private static String ask(Transport from, String to, String subject, String body) {
        return new String(Await.answer(from.request(to, subject, body.getBytes(UTF_8), LONG)), UTF_8);
    }

    private static SkepException failureOf(Transport from, String to, String subject) {
        return Await.failure(from.request(to, subject, new byte[0], LONG));
    }
}
