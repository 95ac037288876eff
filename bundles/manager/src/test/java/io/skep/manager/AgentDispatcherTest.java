package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.dispatch.AgentSession;
import io.skep.api.dispatch.Assignment;
import io.skep.api.dispatch.Assignments;
import io.skep.contracts.Await;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.model.ErrorCode;
import io.skep.model.NodeDescription;
import io.skep.model.NodeStatus;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentDispatcherTest {
    private static final NodeDescription OTHER = new NodeDescription(
            "other",
            Samples.DESCRIPTION.platform(),
            Samples.DESCRIPTION.resources(),
            "2",
            Map.of(),
            List.of(),
            List.of());

    private final ManualLoop loop = new ManualLoop();
    private final MemoryStore store = new MemoryStore();
    private final AgentDispatcher dispatcher = new AgentDispatcher(store, loop);
    private final List<Assignments> told = new ArrayList<>();
    private final Service web = Samples.service("web", "");
    private final Task task = Samples.task("t1", web, "n1");

    @BeforeEach
    void lead() {
        store.write(put(Table.NODES, Samples.node("n1")), put(Table.SERVICES, web), put(Table.TASKS, task));
        store.lead(3);
        loop.settle();
    }

    private CompletableFuture<AgentSession> opening() {
        return dispatcher.open("n1", Samples.DESCRIPTION, told::add).toCompletableFuture();
    }

    private AgentSession open() {
        CompletableFuture<AgentSession> opening = opening();
        loop.settle();
        return Await.answer(opening);
    }

    private static List<String> ids(List<Assignment> assignments) {
        return assignments.stream().map(one -> one.task().id()).toList();
    }

    @Test
    void aNodeThatIsHeardOfIsReadyAndGetsEverythingFirst() {
        open();
        assertThat(store.snapshot()
                        .find(Table.NODES, "n1")
                        .orElseThrow()
                        .status()
                        .state())
                .isEqualTo(NodeStatus.State.READY);
        assertThat(told).singleElement().satisfies(first -> {
            assertThat(first.complete()).isTrue();
            assertThat(ids(first.put())).containsExactly("t1");
        });
    }

    @Test
    void afterwardsItIsToldOnlyWhatIsNew() {
        open();
        store.write(put(Table.STATUSES, Samples.status("t1", TaskState.RUNNING)));
        store.write(put(Table.TASKS, task));
        loop.settle();
        assertThat(told).hasSize(1);
        store.write(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN)));
        store.write(new Change.Remove(Table.TASKS, "t1", Change.ANY));
        loop.settle();
        assertThat(told).hasSize(3);
        assertThat(ids(told.get(1).put())).containsExactly("t1");
        assertThat(told.get(2).removed()).containsExactly("t1");
    }

    @Test
    void whatItIsToldFollowsTheOrderOfWhatHappened() {
        store.hold();
        CompletableFuture<AgentSession> opening = opening();
        loop.drain();
        store.release();
        // Both are applied before the session begins, and seen afterwards.
        store.write(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN)));
        store.write(new Change.Remove(Table.TASKS, "t1", Change.ANY));
        loop.settle();
        assertThat(opening).isCompleted();
        assertThat(told.get(0).complete()).isTrue();
        assertThat(ids(told.get(0).put())).containsExactly("t1");
        assertThat(told.get(told.size() - 1).removed()).containsExactly("t1");
    }

    @Test
    void onlyTheNodeOfATaskSpeaksForIt() {
        store.write(put(Table.TASKS, Samples.task("t2", web, "n2")));
        AgentSession session = open();
        Await.answer(session.report(
                List.of(Samples.status("t1", TaskState.RUNNING), Samples.status("t2", TaskState.RUNNING))));
        assertThat(store.snapshot().status("t1")).isPresent();
        assertThat(store.snapshot().status("t2")).isEmpty();
    }

    @Test
    void oldNewsIsNotWrittenAgain() {
        AgentSession session = open();
        Await.answer(session.report(List.of(Samples.status("t1", TaskState.RUNNING))));
        long version = store.snapshot().version();
        Await.answer(session.report(List.of(Samples.status("t1", TaskState.RUNNING))));
        assertThat(store.snapshot().version()).isEqualTo(version);
    }

    @Test
    void anotherSessionOfTheNodeEndsTheFirst() {
        AgentSession first = open();
        AgentSession second = open();
        assertThat(first.ended().toCompletableFuture()).isCompleted();
        assertThat(second.ended().toCompletableFuture()).isNotCompleted();
        assertThat(Await.failure(first.report(List.of())).code()).isEqualTo(ErrorCode.PART_MISSING);
    }

    @Test
    void whoeverDoesNotLeadTakesNobody() {
        store.loseLead();
        CompletableFuture<AgentSession> opening = opening();
        loop.settle();
        assertThat(Await.failure(opening).code()).isEqualTo(ErrorCode.NO_LEADER);
    }

    @Test
    void aNodeThatIsNotOfTheSwarmIsTurnedAway() {
        CompletableFuture<AgentSession> opening =
                dispatcher.open("stranger", Samples.DESCRIPTION, told::add).toCompletableFuture();
        loop.settle();
        assertThat(Await.failure(opening).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void losingTheLeadEndsSessionsAndTurnsAwayWhoWaitsForOne() {
        AgentSession session = open();
        store.hold();
        dispatcher.open("n1", OTHER, told::add);
        CompletableFuture<AgentSession> waiting =
                dispatcher.open("n1", OTHER, told::add).toCompletableFuture();
        loop.drain();
        store.loseLead();
        loop.drain();
        assertThat(session.ended().toCompletableFuture()).isCompleted();
        assertThat(Await.failure(waiting).code()).isEqualTo(ErrorCode.NO_LEADER);
        told.clear();
        store.release();
        loop.settle();
        assertThat(told).as("a session of a manager that does not lead").isEmpty();
    }

    @Test
    void whoeverDoesNotLeadWritesNothingMore() {
        AgentSession session = open();
        store.loseLead();
        loop.drain();
        long version = store.snapshot().version();
        assertThat(Await.failure(session.describe(OTHER)).code()).isEqualTo(ErrorCode.NO_LEADER);
        assertThat(store.snapshot().version()).isEqualTo(version);
    }

    @Test
    void stoppingEndsSessionsAndAnswersWhoWaits() {
        AgentSession session = open();
        store.hold();
        CompletableFuture<AgentSession> waiting =
                dispatcher.open("n1", OTHER, told::add).toCompletableFuture();
        loop.drain();
        dispatcher.stop();
        loop.drain();
        assertThat(session.ended().toCompletableFuture()).isCompleted();
        assertThat(waiting).isCompletedExceptionally();
        assertThatThrownBy(this::opening).hasMessageContaining("stopped");
    }
}
