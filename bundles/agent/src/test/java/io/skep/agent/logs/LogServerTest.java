package io.skep.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.LogWire;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a node lets managers read what its tasks printed. */
class LogServerTest {
    private static final String NODE = "worker";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final LogQuery FOLLOW = new LogQuery(OptionalInt.empty(), Optional.empty(), true);

    private final Handover handover = new Handover();
    private final SimulatedNetwork wire = new SimulatedNetwork(handover.loop.open("wire")::after);
    private final Printing tasks = new Printing();
    private final SimulatedNode node = new SimulatedNode(NODE, "swarm", NodeRole.WORKER, Path.of("unused"));
    private final LogServer server = new LogServer(node, wire.node(NODE, NodeRole.WORKER), handover, tasks);
    private final Transport manager = wire.manager("manager");

    @BeforeEach
    void knowTheManagers() {
        node.knows(new ManagerAddress("manager", "192.0.2.1:2377"), new ManagerAddress("second", "192.0.2.2:2377"));
    }

    @AfterEach
    void endTheThreads() {
        server.stop();
    }

    private CompletableFuture<byte[]> ask(Transport from, String subject, Object question) {
        return from.request(NODE, subject, Codec.toBytes(question), PATIENCE).toCompletableFuture();
    }

    private CompletableFuture<byte[]> ask(String reading, long number, String task) {
        return ask(manager, LogWire.READ, new LogWire.Read(reading, number, task, FOLLOW));
    }

    private LogWire.Lines answer(CompletableFuture<byte[]> asked) {
        handover.until(asked::isDone);
        return Codec.fromBytes(Await.answer(asked), LogWire.Lines.class);
    }

    private ErrorCode refused(CompletableFuture<byte[]> asked) {
        handover.until(asked::isDone);
        return Await.failure(asked).code();
    }

    /** What a reading brings from this answer on until it ends. */
    private List<String> rest(String reading, long from, String task) {
        List<String> texts = new ArrayList<>();
        LogWire.Lines lines = answer(ask(reading, from, task));
        for (long number = from + 1; !lines.end(); number++) {
            lines.lines().forEach(line -> texts.add(line.text()));
            lines = answer(ask(reading, number, task));
        }
        lines.lines().forEach(line -> texts.add(line.text()));
        return texts;
    }

    @Test
    void linesComeInOrderUntilTheEnd() throws InterruptedException {
        tasks.print("t", "one", "two", "three");
        tasks.end("t");
        assertThat(rest("r", 0, "t")).containsExactly("one", "two", "three");
        assertThat(tasks.haveEnded(1)).isTrue();
        assertThat(refused(ask("r", 1, "t"))).as("after the end").isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void aLineComesAsItIs() {
        tasks.print("t", "one");
        assertThat(answer(ask("r", 0, "t")).lines()).containsExactly(Printing.line("one"));
    }

    @Test
    void whoeverWaitsIsAnsweredAsSoonAsThereIsALine() {
        tasks.print("t");
        CompletableFuture<byte[]> waiting = ask("r", 0, "t");
        handover.loop.settle();
        assertThat(waiting).isNotDone();
        tasks.print("t", "at last");
        assertThat(answer(waiting)).isEqualTo(new LogWire.Lines(List.of(Printing.line("at last")), false));
    }

    @Test
    void whoeverWaitsForLongIsToldThatNothingCame() {
        tasks.print("t");
        CompletableFuture<byte[]> waiting = ask("r", 0, "t");
        handover.loop.pass(POLL);
        assertThat(answer(waiting)).isEqualTo(new LogWire.Lines(List.of(), false));
        tasks.print("t", "later");
        assertThat(answer(ask("r", 1, "t")).lines()).containsExactly(Printing.line("later"));
    }

    @Test
    void aTaskWithoutAContainerHasPrintedNothing() {
        assertThat(answer(ask("r", 0, "absent"))).isEqualTo(new LogWire.Lines(List.of(), true));
    }

    @Test
    void aFailureOfTheRuntimeComesAfterWhatWasRead() {
        tasks.failing(new SkepException(ErrorCode.FAILED, "the file cannot be read"));
        tasks.print("t", "one");
        tasks.end("t");
        List<LogLine> read = new ArrayList<>();
        CompletableFuture<byte[]> asked = ask("r", 0, "t");
        handover.until(asked::isDone);
        for (long number = 1; !asked.isCompletedExceptionally(); number++) {
            read.addAll(answer(asked).lines());
            asked = ask("r", number, "t");
            handover.until(asked::isDone);
        }
        assertThat(read).containsExactly(Printing.line("one"));
        assertThat(Await.failure(asked)).hasMessage("the file cannot be read");
    }

    @Test
    void twoReadingsAndThoseOfTwoManagersAreApart() {
        tasks.print("t");
        tasks.print("u");
        tasks.print("v");
        CompletableFuture<byte[]> first = ask("r", 0, "t");
        CompletableFuture<byte[]> second = ask("s", 0, "u");
        CompletableFuture<byte[]> other =
                ask(wire.manager("second"), LogWire.READ, new LogWire.Read("r", 0, "v", FOLLOW));
        tasks.print("v", "v one");
        assertThat(answer(other).lines()).containsExactly(Printing.line("v one"));
        tasks.print("u", "u one");
        assertThat(answer(second).lines()).containsExactly(Printing.line("u one"));
        assertThat(first).isNotDone();
        tasks.print("t", "t one");
        assertThat(answer(first).lines()).containsExactly(Printing.line("t one"));
    }

    @Test
    void aReaderThatNobodyAsksReadsNoMoreThanGoesIntoOneAnswer() {
        String half = "x".repeat(LogWire.ANSWER_CHARS / 2);
        tasks.print("t", "first");
        LogWire.Lines first = answer(ask("r", 0, "t"));
        assertThat(first.lines()).hasSize(1);
        tasks.print("t", half, half, half, "last");
        tasks.end("t");
        LogWire.Lines second = answer(ask("r", 1, "t"));
        assertThat(second.lines()).hasSize(1);
        assertThat(tasks.handedOn()).isLessThan(4);
        assertThat(rest("r", 2, "t")).containsExactly(half, half, "last");
    }

    @Test
    void aLineThatIsTooLongComesInPartsWithWholeCharacters() {
        String bee = "\uD83D\uDC1D";
        String odd = "x" + bee.repeat(LogWire.ANSWER_CHARS);
        tasks.print("t", odd);
        tasks.end("t");
        List<String> parts = rest("r", 0, "t");
        assertThat(String.join("", parts)).isEqualTo(odd);
        assertThat(parts).hasSize(3).allMatch(part -> part.length() <= LogWire.ANSWER_CHARS);
    }

    @Test
    void aReadingOfWhichNobodyAsksForMoreIsClosed() throws InterruptedException {
        tasks.print("t", "one");
        assertThat(answer(ask("r", 0, "t")).lines()).hasSize(1);
        handover.loop.pass(Duration.ofSeconds(LogWire.IDLE_SECONDS - 1));
        tasks.print("t", "two");
        assertThat(answer(ask("r", 1, "t")).lines()).hasSize(1);
        handover.loop.pass(Duration.ofSeconds(LogWire.IDLE_SECONDS + 1));
        assertThat(tasks.haveEnded(1)).isTrue();
        assertThat(refused(ask("r", 2, "t"))).isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void aReadingThatIsClosedEndsAtOnceAndTwice() throws InterruptedException {
        tasks.print("t");
        CompletableFuture<byte[]> waiting = ask("r", 0, "t");
        handover.loop.settle();
        for (int i = 0; i < 2; i++) {
            CompletableFuture<byte[]> close = ask(manager, LogWire.CLOSE, new LogWire.Close("r"));
            handover.until(close::isDone);
            Await.answer(close);
        }
        assertThat(refused(waiting)).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(tasks.haveEnded(1)).isTrue();
    }

    @Test
    void onlySoManyAreReadAtATime() {
        tasks.print("t");
        for (int i = 0; i < LogServer.READINGS; i++) {
            assertThat(ask("r" + i, 0, "t")).isNotDone();
        }
        CompletableFuture<byte[]> tooMany = ask("more", 0, "t");
        handover.until(tooMany::isDone);
        assertThat(Await.failure(tooMany).code()).isEqualTo(ErrorCode.EXHAUSTED);
        CompletableFuture<byte[]> close = ask(manager, LogWire.CLOSE, new LogWire.Close("r0"));
        handover.until(close::isDone);
        handover.takeOver();
        tasks.print("other", "now");
        assertThat(answer(ask("again", 0, "other")).lines()).containsExactly(Printing.line("now"));
    }

    @Test
    void requestsThatDoNotFollowAreRefused() {
        tasks.print("t");
        CompletableFuture<byte[]> waiting = ask("r", 0, "t");
        assertThat(refused(ask("r", 0, "t"))).as("a second one").isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(refused(ask("unknown", 1, "t"))).as("none before").isEqualTo(ErrorCode.WRONG_STATE);
        tasks.print("t", "one");
        assertThat(answer(waiting).lines()).hasSize(1);
        assertThat(refused(ask("r", 2, "t"))).as("one left out").isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void whoeverWaitsIsToldWhenTheAgentStops() throws InterruptedException {
        tasks.print("t");
        CompletableFuture<byte[]> waiting = ask("r", 0, "t");
        handover.loop.settle();
        server.stop();
        assertThat(Await.failure(waiting).code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(tasks.haveEnded(1)).isTrue();
        assertThat(refused(ask("s", 0, "t"))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aManagerThatWasDemotedAndKeptItsCertificateReadsNothing() {
        tasks.print("t", "one");
        assertThat(refused(ask(wire.manager("former"), LogWire.READ, new LogWire.Read("r", 0, "t", FOLLOW))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refused(
                        ask(wire.node("other", NodeRole.WORKER), LogWire.READ, new LogWire.Read("r", 0, "t", FOLLOW))))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }
}
