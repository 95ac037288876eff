package io.skep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Applied;
import io.skep.api.store.Transaction;
import io.skep.contracts.consensus.SimulatedConsensus;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.kernel.EffectPool;
import io.skep.kernel.LoopThread;
import io.skep.kernel.SystemEntropy;
import io.skep.model.ContainerSpec;
import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.NodeRole;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.TaskSpec;
import io.skep.model.TaskState;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicatedStoreTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private final LoopThread loop = new LoopThread();
    private final EffectPool effects = new EffectPool();
    private final Scope scope = loop.open("test");
    private final SimulatedConsensus consensus = new SimulatedConsensus();
    private final ReplicatedStore store = open();

    private ReplicatedStore open() {
        SimulatedNode node = new SimulatedNode("node", "swarm", NodeRole.MANAGER, Path.of("unused"));
        Engines engines = new Engines(node, new Nobody());
        engines.add("simulated", consensus);
        engines.read("swarm", "simulated");
        return new ReplicatedStore(engines, node, loop, effects, new SystemEntropy());
    }

    @AfterEach
    void stop() {
        store.stop();
        scope.close();
    }

    private static Network network(String id) {
        return new Network(id, T0, NetworkSpec.of("net-" + id), "10.0.0.0/24", "10.0.0.1", 0, false);
    }

    private static Change put(String id, long expected) {
        return new Change.Put<>(Table.NETWORKS, network(id), expected);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private Snapshot commit(String request, Change... changes) {
        return get(store.commit(new Transaction(request, 0, List.of(changes))));
    }

    private void isOutOfSequence(Change... changes) {
        assertThatThrownBy(() -> commit("", changes))
                .hasCauseInstanceOf(SkepException.class)
                .cause()
                .extracting(e -> ((SkepException) e).code())
                .isEqualTo(ErrorCode.OUT_OF_SEQUENCE);
    }

    @Test
    void aCommittedTransactionIsInTheSnapshotThatAnswersIt() {
        assertThat(commit("", put("a", Change.ABSENT)).find(Table.NETWORKS, "a"))
                .isPresent();
        assertThat(get(store.sync()).networkNamed("net-a")).isPresent();
    }

    @Test
    void aTransactionAppliesWhollyOrNotAtAll() {
        commit("", put("a", Change.ABSENT));
        isOutOfSequence(put("b", Change.ABSENT), put("a", Change.ABSENT));
        assertThat(store.snapshot().find(Table.NETWORKS, "b")).isEmpty();
        long version = store.snapshot().versionOf(Table.NETWORKS, "a");
        commit("", put("b", Change.ABSENT), put("a", version));
        isOutOfSequence(put("a", version));
    }

    @Test
    void aRepeatedRequestAppliesOnce() {
        Snapshot first = commit("r1", put("a", Change.ABSENT));
        Snapshot again = commit("r1", put("a", Change.ABSENT));
        assertThat(again.version()).isEqualTo(first.version());
        assertThat(store.applied("r1")).isTrue();
        assertThat(store.applied("r2")).isFalse();
    }

    @Test
    void aDeposedLeadersDecisionIsRefused() {
        CompletableFuture<Leadership> leads = new CompletableFuture<>();
        store.onLeadership(scope, leadership -> {
            if (leadership.local()) {
                leads.complete(leadership);
            }
        });
        long term = get(leads).term();
        get(store.commit(new Transaction("", term, List.of(put("a", Change.ABSENT)))));
        State.Step late = State.empty()
                .apply(new Command.BeginTerm(term + 1))
                .state()
                .apply(new Command.Apply(new Transaction("", term, List.of(put("b", Change.ABSENT)))));
        assertThat(late.reply().outcome()).isEqualTo(Reply.Outcome.DEPOSED);
        assertThat(late.state().snapshot().all(Table.NETWORKS)).isEmpty();
    }

    @Test
    void aTransactionLargerThanACommandBecomesVisibleAtOnce() {
        List<Applied> seen = new ArrayList<>();
        store.watch(scope, seen::add);
        Change[] changes = new Change[20_000];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = new Change.Put<>(Table.TASKS, task(i), Change.ABSENT);
        }
        assertThat(new Command.Apply(new Transaction("", 0, List.of(changes))).bytes().length)
                .isGreaterThan(64 * 1024);
        assertThat(commit("", changes).all(Table.TASKS)).hasSize(changes.length);
        CompletableFuture<Void> drained = new CompletableFuture<>();
        scope.execute(() -> drained.complete(null));
        get(drained);
        assertThat(seen).extracting(applied -> applied.changes().size()).endsWith(changes.length);
        assertThat(seen).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aPieceOutOfTurnIsRefused() {
        State.Step step = State.empty().apply(new Command.Piece("x", 1, 2, ByteBuffer.wrap(new byte[3])));
        assertThat(step.reply().outcome()).isEqualTo(Reply.Outcome.INCOMPLETE);
    }

    @Test
    void aSavedStateIsRestoredWithVersionsAndRequests() throws IOException {
        commit("r1", put("a", Change.ABSENT));
        commit("r2", put("b", Change.ABSENT), new Change.Put<>(Table.TASKS, task(1), Change.ABSENT));
        State state = State.empty();
        state = state.apply(new Command.Apply(new Transaction("r1", 0, List.of(put("a", Change.ABSENT)))))
                .state();
        state = state.apply(new Command.BeginTerm(7)).state();
        state = state.apply(new Command.Piece("x", 0, 2, ByteBuffer.wrap(new byte[3])))
                .state();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SavedState.write(state, out);
        State back = SavedState.read(new ByteArrayInputStream(out.toByteArray()));
        assertThat(back.term()).isEqualTo(7);
        assertThat(back.requests()).isEqualTo(state.requests());
        assertThat(back.partial()).isEqualTo(state.partial());
        assertThat(back.snapshot().entries(Table.NETWORKS))
                .containsExactlyElementsOf(state.snapshot().entries(Table.NETWORKS));
    }

    @Test
    void aWatcherSeesThePresentAndThenEveryTransactionInOrder() {
        commit("", put("a", Change.ABSENT));
        List<Applied> seen = new ArrayList<>();
        store.watch(scope, seen::add);
        commit("", put("b", Change.ABSENT));
        commit("", put("c", Change.ABSENT));
        CompletableFuture<Void> drained = new CompletableFuture<>();
        scope.execute(() -> drained.complete(null));
        get(drained);
        assertThat(seen.get(0).changes()).isEmpty();
        assertThat(seen).extracting(applied -> applied.snapshot().version()).containsExactly(1L, 2L, 3L);
    }

    private static Task task(int number) {
        return new Task(
                "task" + number,
                T0,
                "s",
                "web",
                1,
                TaskSpec.of(ContainerSpec.of("web:1")),
                number,
                "",
                false,
                TaskState.RUNNING,
                Optional.empty(),
                List.of(),
                "random " + new Random(number).nextLong(),
                0,
                false);
    }
}
