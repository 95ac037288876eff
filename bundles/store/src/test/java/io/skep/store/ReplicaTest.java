package io.skep.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.store.Transaction;
import io.skep.contracts.Await;
import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.Sensitive;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Who waits for a version while others are applied. */
class ReplicaTest {
    private static final int VERSIONS = 100_000;

    private static byte[] write(CommandSeal seal) {
        Config row = new Config(
                "row", Instant.EPOCH, Instant.EPOCH, new DataSpec("row", Map.of()), new Sensitive("content"));
        Change change = new Change.Put<>(Table.CONFIGS, row, Change.ANY);
        return seal.seal(new Command.Apply(new Transaction("", 0, List.of(change))).bytes());
    }

    @Test
    void aBatchIsToldAtOnceAndWithAllOfItsChanges() {
        LogKey key = new LogKey(new byte[32]);
        CommandSeal seal = new CommandSeal(key);
        List<List<Long>> told = new ArrayList<>();
        Replica replica = new Replica(
                key,
                seal,
                State.empty(),
                news -> told.add(news.stream()
                        .map(applied -> applied.snapshot().version())
                        .toList()));
        assertThat(replica.applyAll(1, List.of(write(seal), write(seal)))).hasSize(2);
        assertThat(replica.apply(2, write(seal))).isNotEmpty();
        assertThat(told).containsExactly(List.of(1L, 2L), List.of(3L));
        assertThat(replica.reached(2).toCompletableFuture()).isCompleted();
    }

    @Test
    void nobodyWhoBeginsToWaitMeanwhileIsForgotten() {
        LogKey key = new LogKey(new byte[32]);
        CommandSeal seal = new CommandSeal(key);
        Replica replica = new Replica(key, seal, State.empty(), applied -> {});
        byte[] command = write(seal);
        CompletableFuture<Void> applying = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= VERSIONS; i++) {
                byte[] unused = replica.apply(i, command);
            }
        });
        List<CompletionStage<Snapshot>> waiting = new ArrayList<>();
        while (!applying.isDone()) {
            CompletionStage<Snapshot> reached =
                    replica.reached(replica.snapshot().version());
            if (!reached.toCompletableFuture().isDone()) {
                waiting.add(reached);
            }
        }
        Await.answer(applying);
        waiting.forEach(Await::answer);
    }
}
