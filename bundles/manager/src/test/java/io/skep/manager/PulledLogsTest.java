package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.dispatch.LogWire;
import io.skep.api.runtime.LogLine;
import io.skep.api.runtime.LogQuery;
import io.skep.contracts.Await;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import io.skep.model.NodeStatus;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a manager reads what tasks printed, on whatever node. */
@Timeout(60)
class PulledLogsTest {
    private static final LogQuery FOLLOW = new LogQuery(OptionalInt.of(7), Optional.of(Samples.NOW), true);

    private final BlockingQueue<Runnable> timeouts = new LinkedBlockingQueue<>();
    private final SimulatedNetwork wire = new SimulatedNetwork((delay, action) -> timeouts.add(action));
    private final MemoryStore store = new MemoryStore();
    private final PulledLogs logs = new PulledLogs(store, wire.manager("n1"), new CountingEntropy());
    private final ScriptedLogs node = node("n2", NodeStatus.State.READY);
    private final List<String> texts = new ArrayList<>();

    private ScriptedLogs node(String id, NodeStatus.State state) {
        store.write(put(
                Table.NODES,
                Samples.node(id)
                        .withStatus(Optional.empty(), new NodeStatus(state, "", "10.0.0.1:2377"), Samples.NOW)));
        return new ScriptedLogs(wire.node(id, NodeRole.WORKER));
    }

    private static Task on(String nodeId) {
        return Samples.task("t", Samples.service("web", ""), nodeId);
    }

    private boolean take(LogLine line) {
        return texts.add(line.text());
    }

    private static void assertFails(ErrorCode code, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SkepException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    @Test
    void asksUntilTheEnd() {
        node.says(false, "one", "two").says(false).says(true, "three");
        List<LogLine> lines = new ArrayList<>();
        logs.logs(on("n2"), FOLLOW, lines::add);
        assertThat(lines)
                .containsExactly(ScriptedLogs.line("one"), ScriptedLogs.line("two"), ScriptedLogs.line("three"));
        String id = node.asked().get(0).readingId();
        assertThat(node.asked())
                .containsExactly(
                        new LogWire.Read(id, 0, "t", FOLLOW),
                        new LogWire.Read(id, 1, "t", FOLLOW),
                        new LogWire.Read(id, 2, "t", FOLLOW));
        assertThat(node.closed()).as("it has ended by itself").isEmpty();
    }

    @Test
    void eachReadingHasAnIdOfItsOwn() {
        node.says(true).says(true);
        logs.logs(on("n2"), LogQuery.ALL, this::take);
        logs.logs(on("n2"), LogQuery.ALL, this::take);
        assertThat(node.asked().stream().map(LogWire.Read::readingId).distinct())
                .hasSize(2);
    }

    @Test
    void aTaskWithoutANodeHasPrintedNothing() {
        logs.logs(on(""), LogQuery.ALL, this::take);
        assertThat(texts).isEmpty();
    }

    @Test
    void thisNodeIsAskedLikeAnyOther() {
        node("n1", NodeStatus.State.READY).says(true, "mine");
        wire.cut("n1");
        logs.logs(on("n1"), LogQuery.ALL, this::take);
        assertThat(texts).containsExactly("mine");
    }

    @Test
    void whoHasEnoughIsNotGivenMoreAndTheNodeIsTold() {
        node.says(false, "one", "two", "three");
        logs.logs(on("n2"), FOLLOW, line -> take(line) && texts.size() < 2);
        assertThat(texts).containsExactly("one", "two");
        assertThat(node.asked()).hasSize(1);
        assertThat(node.closed()).containsExactly(node.asked().get(0).readingId());
    }

    @Test
    void whoIsInterruptedAsksNoMoreAndTheNodeIsTold() throws InterruptedException {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        node.says(false, "one");
        Thread reader = new Thread(() -> {
            logs.logs(on("n2"), FOLLOW, this::take);
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        reader.start();
        String id = node.kept().readingId();
        reader.interrupt();
        assertThat(Await.answer(interrupted)).isTrue();
        assertThat(node.closed()).containsExactly(id);
        assertThat(texts).containsExactly("one");
    }

    @Test
    void aFailureOfTheNodeIsTheReadersAfterWhatCameBefore() {
        node.says(false, "one").fails(new SkepException(ErrorCode.EXHAUSTED, "too many"));
        assertFails(ErrorCode.EXHAUSTED, "too many", () -> logs.logs(on("n2"), FOLLOW, this::take));
        assertThat(texts).containsExactly("one");
    }

    @Test
    void nobodyWaitsForANodeThatIsKnownToBeDown() {
        ScriptedLogs down = node("n3", NodeStatus.State.DOWN);
        assertFails(ErrorCode.PART_MISSING, "is down", () -> logs.logs(on("n3"), LogQuery.ALL, this::take));
        assertThat(down.asked()).isEmpty();
    }

    @Test
    void aNodeThatWasRemovedHasTakenItsLogsWithIt() {
        assertFails(ErrorCode.PART_MISSING, "left the swarm", () -> logs.logs(on("gone"), LogQuery.ALL, this::take));
    }

    @Test
    void aNodeWithoutAnAgentIsNotTakenForOneWhoseTaskPrintedNothing() {
        node.stop();
        assertFails(ErrorCode.PART_MISSING, "agent", () -> logs.logs(on("n2"), LogQuery.ALL, this::take));
    }

    @Test
    void aNodeThatDoesNotAnswerIsGivenUp() throws InterruptedException {
        CompletableFuture<Boolean> read = reading();
        LogWire.Read unused = node.kept();
        timeouts.take().run();
        assertThat(Await.failure(read).code()).isEqualTo(ErrorCode.TIMED_OUT);
    }

    @Test
    void whoReadsIsToldWhenThisNodeManagesNoMore() throws InterruptedException {
        CompletableFuture<Boolean> read = reading();
        LogWire.Read unused = node.kept();
        logs.stop();
        assertThat(Await.failure(read).code()).isEqualTo(ErrorCode.PART_MISSING);
        assertFails(ErrorCode.PART_MISSING, "given up", () -> logs.logs(on("n2"), FOLLOW, this::take));
    }

    /** On a thread of its own, which the node keeps waiting. */
    private CompletableFuture<Boolean> reading() {
        CompletableFuture<Boolean> read = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                logs.logs(on("n2"), FOLLOW, this::take);
                read.complete(true);
            } catch (SkepException e) {
                read.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return read;
    }
}
