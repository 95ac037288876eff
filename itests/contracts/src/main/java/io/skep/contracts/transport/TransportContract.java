package io.skep.contracts.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.transport.Access;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every {@link Transport} must do; each implementation's test extends it. */
public abstract class TransportContract {
    private static final Duration LONG = Duration.ofSeconds(10);

    /** A started transport of a manager, known to the other nodes of this test. */
    protected abstract Transport manager(String nodeId);

    /** A started transport of a worker, known to the other nodes of this test. */
    protected abstract Transport worker(String nodeId);

    @Test
    void bringsBackTheAnswerAndTellsTheHandlerWhoAsks() {
        Transport one = manager("one");
        Transport two = manager("two");
        AtomicReference<String> asked = new AtomicReference<>("");
        two.serve("test.echo", Access.MEMBERS, (peer, body) -> {
            asked.set(peer.nodeId() + " " + peer.role() + " " + new String(body, UTF_8));
            return CompletableFuture.completedFuture("world".getBytes(UTF_8));
        });

        assertThat(ask(one, "two", "test.echo", "hello")).isEqualTo("world");
        assertThat(asked.get()).isEqualTo("one " + NodeRole.MANAGER + " hello");
    }

    @Test
    void answersRequestsOfTheNodeToItself() {
        Transport one = manager("one");
        one.serve("test.self", Access.MEMBERS, (peer, body) -> CompletableFuture.completedFuture(body));

        assertThat(ask(one, "one", "test.self", "me")).isEqualTo("me");
    }

    @Test
    void carriesTheLargestBodyBothWays() {
        Transport one = manager("one");
        manager("two").serve("test.large", Access.MEMBERS, (peer, body) -> CompletableFuture.completedFuture(body));
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
                        Access.MEMBERS,
                        (peer, body) ->
                                CompletableFuture.failedFuture(new SkepException(ErrorCode.IN_USE, "held by another")));

        SkepException failure = failureOf(one, "two", "test.refuse");

        assertThat(failure.code()).isEqualTo(ErrorCode.IN_USE);
        assertThat(failure).hasMessageContaining("held by another");
    }

    @Test
    void turnsAnyOtherFailureOfTheHandlerIntoFailed() {
        Transport one = manager("one");
        manager("two").serve("test.break", Access.MEMBERS, (peer, body) -> {
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
        Transport two = manager("two");
        two.serve("test.echo", Access.MEMBERS, (peer, body) -> CompletableFuture.completedFuture(body));
        two.serve("test.silent", Access.MEMBERS, (peer, body) -> new CompletableFuture<>());

        // what a first connection costs is not to count
        assertThat(ask(one, "two", "test.echo", "here")).isEqualTo("here");
        SkepException failure = Await.failure(one.request("two", "test.silent", new byte[0], Duration.ofMillis(50)));

        assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
    }

    @Test
    void servesASubjectOnceUntilItIsClosed() {
        Transport one = manager("one");
        Transport.Registration first =
                one.serve("test.once", Access.MEMBERS, (peer, body) -> CompletableFuture.completedFuture(body));

        assertThatThrownBy(() ->
                        one.serve("test.once", Access.MEMBERS, (peer, body) -> CompletableFuture.completedFuture(body)))
                .isInstanceOfSatisfying(
                        SkepException.class, known -> assertThat(known.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
        first.close();
        first.close();
        one.serve(
                "test.once",
                Access.MEMBERS,
                (peer, body) -> CompletableFuture.completedFuture("again".getBytes(UTF_8)));

        assertThat(ask(one, "one", "test.once", "?")).isEqualTo("again");
    }

    @Test
    void refusesWhatCannotBeSent() {
        Transport one = manager("one");
        manager("two");
        byte[] tooLarge = new byte[Transport.MAX_BODY + 1];

        assertThat(Await.failure(one.request("two", "test.large", tooLarge, LONG))
                        .code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(failureOf(one, "two", "No Subject").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThatThrownBy(() -> one.serve(
                        "No Subject", Access.MEMBERS, (peer, body) -> CompletableFuture.completedFuture(body)))
                .isInstanceOfSatisfying(
                        SkepException.class, known -> assertThat(known.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void givesHandlersACopy() {
        Transport one = manager("one");
        one.serve("test.change", Access.MEMBERS, (peer, body) -> {
            body[0] = 2;
            return CompletableFuture.completedFuture(body);
        });
        byte[] body = {1};

        assertThat(Await.answer(one.request("one", "test.change", body, LONG))).containsExactly(2);
        assertThat(body).containsExactly(1);
    }

    @Test
    void keepsWhatIsForManagersFromWorkers() {
        Transport worker = worker("worker");
        Transport manager = manager("manager");
        AtomicBoolean asked = new AtomicBoolean();
        manager.serve("test.managers", Access.MANAGERS, (peer, body) -> {
            asked.set(true);
            return CompletableFuture.completedFuture(body);
        });

        assertThat(failureOf(worker, "manager", "test.managers").code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(asked).isFalse();
    }

    @Test
    void letsAWorkerAskItselfAndManagersAskAWorker() {
        Transport worker = worker("worker");
        worker.serve("test.own", Access.MANAGERS, (peer, body) -> CompletableFuture.completedFuture(body));

        assertThat(ask(worker, "worker", "test.own", "me")).isEqualTo("me");
        assertThat(ask(manager("manager"), "worker", "test.own", "you")).isEqualTo("you");
    }

    @Test
    void keepsTheOrderOfRequestsUnderOneSubject() {
        Transport one = manager("one");
        List<Integer> arrived = Collections.synchronizedList(new ArrayList<>());
        manager("two").serve("test.order", Access.MEMBERS, (peer, body) -> {
            arrived.add(ByteBuffer.wrap(body).getInt());
            return CompletableFuture.completedFuture(body);
        });
        List<CompletionStage<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(one.request(
                    "two", "test.order", ByteBuffer.allocate(4).putInt(i).array(), LONG));
        }
        answers.forEach(Await::answer);

        assertThat(arrived).isSorted().hasSize(200);
    }

    private static String ask(Transport from, String to, String subject, String body) {
        return new String(Await.answer(from.request(to, subject, body.getBytes(UTF_8), LONG)), UTF_8);
    }

    private static SkepException failureOf(Transport from, String to, String subject) {
        return Await.failure(from.request(to, subject, new byte[0], LONG));
    }
}
