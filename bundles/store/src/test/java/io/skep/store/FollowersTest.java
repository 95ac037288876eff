package io.skep.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Leadership;
import io.skep.api.kernel.Scope;
import io.skep.contracts.Await;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.model.ErrorCode;
import io.skep.model.table.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever follows the store and goes away leaves nothing of itself behind, however quiet the swarm is. */
class FollowersTest {
    private static final LogKey KEY = new LogKey(new byte[32]);
    private static final CommandSeal SEAL = new CommandSeal(KEY);
    private final ManualLoop loop = new ManualLoop();

    @Test
    void aWatcherThatHasGoneIsForgottenWhenItsSuccessorComes() {
        Watchers watchers = new Watchers(loop.open("store"));
        for (int i = 0; i < 20; i++) {
            Scope scope = loop.open("part");
            watchers.add(scope, applied -> {}, Snapshot::empty);
            scope.close();
        }
        watchers.add(loop.open("part"), applied -> {}, Snapshot::empty);
        assertThat(watchers.count()).isEqualTo(1);
    }

    @Test
    void aFollowerOfTheLeadThatHasGoneIsForgottenWhenItsSuccessorComes() {
        Terms terms = new Terms(loop.open("store"), SEAL);
        for (int i = 0; i < 20; i++) {
            Scope scope = loop.open("part");
            terms.watch(scope, leadership -> {});
            loop.drain();
            scope.close();
        }
        List<Leadership> told = new ArrayList<>();
        terms.watch(loop.open("part"), told::add);
        loop.drain();
        assertThat(terms.watchers()).isEqualTo(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void aWatchThatIsClosedIsForgottenAtOnce() {
        Terms terms = new Terms(loop.open("store"), SEAL);
        terms.watch(loop.open("part"), leadership -> {}).close();
        loop.drain();
        assertThat(terms.watchers()).isZero();
    }

    @Test
    void whoeverWaitsForAVersionThatNeverComesIsTold() {
        Replica replica = new Replica(KEY, SEAL, State.empty(), applied -> {});
        var early = replica.reached(7);
        replica.close();
        assertThat(Await.failure(early).code()).isEqualTo(ErrorCode.PART_MISSING);
        assertThat(Await.failure(replica.reached(8)).code()).isEqualTo(ErrorCode.PART_MISSING);
    }
}
