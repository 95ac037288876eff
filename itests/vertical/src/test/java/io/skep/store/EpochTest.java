package io.skep.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Leadership;
import io.skep.api.store.Epoch;
import io.skep.api.store.Transaction;
import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.kernel.KernelPart;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.table.Change;
import io.skep.model.table.Row;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Three managers with the real engines go from one epoch into the next, whatever happens meanwhile. */
class EpochTest {
    private static final List<String> THREE = List.of("a", "b", "c");
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final SimulatedNetwork network = new SimulatedNetwork();
    private final Map<String, EpochManager> managers = new TreeMap<>();
    private Path root;

    @BeforeEach
    void place(@TempDir Path directory) {
        root = directory;
    }

    @AfterEach
    void stop() {
        managers.values().forEach(EpochManager::close);
    }

    private EpochManager manager(String id, List<String> founders, List<String> known) {
        EpochManager manager = new EpochManager(id, network.manager(id), root, founders, known);
        managers.put(id, manager);
        return manager;
    }

    private void startThree() {
        THREE.forEach(id -> manager(id, THREE, THREE).start());
        awaitAll(1);
        Swarm swarm = Swarm.founded(EpochManager.SWARM, Instant.EPOCH);
        Await.answer(store("a")
                .commit(new Transaction("found", 0, List.of(new Change.Put<>(Table.SWARM, swarm, Change.ABSENT)))));
    }

    private ReplicatedStore store(String id) {
        return at(id).store();
    }

    private EpochManager at(String id) {
        return Optional.ofNullable(managers.get(id)).orElseThrow();
    }

    private void awaitAll(long epoch) {
        managers.values().forEach(manager -> manager.awaitEpoch(epoch));
    }

    private void write(String id, String... rows) {
        for (String row : rows) {
            Await.answer(store(id).commit(EpochWriter.transaction(row)));
        }
    }

    private static List<String> networks(Snapshot snapshot) {
        return snapshot.all(Table.NETWORKS).stream().map(Row::id).toList();
    }

    private void assertAllHold(List<String> rows) {
        for (EpochManager manager : managers.values()) {
            assertThat(networks(Await.answer(manager.store().sync())))
                    .as(manager.id())
                    .containsAll(rows);
        }
    }

    private List<EpochWriter> writers() {
        return THREE.stream().map(id -> new EpochWriter(id, at(id)).begin()).toList();
    }

    private static void more(List<EpochWriter> writers) {
        writers.forEach(writer -> Await.answer(writer.more(20)));
    }

    private static List<String> end(List<EpochWriter> writers) {
        List<String> acknowledged = new ArrayList<>();
        for (EpochWriter writer : writers) {
            Await.answer(writer.end());
            acknowledged.addAll(writer.acknowledged());
        }
        return acknowledged;
    }

    @Test
    void movesUnderWritersAndBack() {
        startThree();
        List<EpochWriter> writers = writers();
        String follower = THREE.stream()
                .filter(id -> !store(id).leadership().local())
                .findFirst()
                .orElseThrow();

        more(writers);
        Epoch ratis = Await.answer(store(follower).move("ratis"));
        assertThat(ratis.engine()).isEqualTo("ratis");
        assertThat(ratis.number()).isEqualTo(2);
        awaitAll(2);
        more(writers);
        Epoch atomix = Await.answer(store("a").move("atomix"));
        assertThat(atomix.number()).isEqualTo(3);
        awaitAll(3);
        assertThat(Await.answer(store("a").move("atomix"))).isEqualTo(atomix);

        more(writers);
        List<String> acknowledged = end(writers);
        assertAllHold(acknowledged);
        assertThat(writers).allSatisfy(writer -> assertThat(writer.longest()).isLessThan(LONGEST_PAUSE));
        managers.values().forEach(EpochManager::stop);
        managers.values().forEach(EpochManager::start);
        awaitAll(3);
        assertAllHold(acknowledged);
    }

    @Test
    void watchersSeeEveryVersionOnceAndTermsOnlyGrow() {
        startThree();
        List<Long> versions = new ArrayList<>();
        List<Long> terms = new ArrayList<>();
        try (KernelPart kernel = new KernelPart()) {
            var scope = kernel.loop().open("watcher");
            CompletableFuture<Boolean> all = new CompletableFuture<>();
            store("a").watch(scope, applied -> {
                versions.add(applied.snapshot().version());
                if (applied.snapshot().find(Table.NETWORKS, "last").isPresent()) {
                    all.complete(true);
                }
            });
            store("a").onLeadership(scope, leadership -> terms.add(leadership.term()));
            write("b", "one", "two");
            Await.answer(store("a").move("ratis"));
            write("c", "three", "last");
            Await.answer(all);
            scope.close();
        }
        assertThat(versions).isSorted().doesNotHaveDuplicates();
        assertThat(terms).isSorted();
    }

    @Test
    void refusesAnEngineThatDoesNotRunEverywhere() {
        THREE.forEach(id -> manager(id, THREE, THREE));
        at("b").withoutRatis();
        managers.values().forEach(EpochManager::start);
        awaitAll(1);

        SkepException without = Await.failure(store("a").move("ratis"));
        assertThat(without.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(without).hasMessageContaining("managers: b;").hasMessageContaining("skep-consensus-ratis");
        at("b").stop();
        assertThat(Await.failure(store("a").move("ratis"))).hasMessageContaining("do not answer: b");
        write("a", "after");
    }

    @Test
    void aManagerThatWasAwayFollowsByItself() {
        startThree();
        write("a", "before");
        at("c").stopStore();
        Await.answer(store("a").move("ratis"));
        write("b", "after");
        // Nobody brings it the end of the first epoch any more.
        List.of("a", "b").forEach(id -> {
            at(id).stop();
            at(id).start();
        });
        at("a").awaitEpoch(2);
        at("c").stop();
        at("c").start();
        at("c").awaitEpoch(2);
        assertAllHold(List.of("before", "after"));
        write("c", "from c");
        assertAllHold(List.of("before", "after", "from c"));
    }

    @Test
    void aManagerThatJoinsLaterLearnsTheEpoch() {
        startThree();
        write("a", "before");
        Await.answer(store("a").move("ratis"));
        EpochManager joining = manager("d", List.of(), THREE).start();
        Await.answer(store("a").add(joining.memberId()));
        joining.awaitEpoch(2);
        assertThat(store("d").epoch().engine()).isEqualTo("ratis");
        assertAllHold(List.of("before"));
    }

    /** When all managers are stopped at once. */
    enum Moment {
        GROUP_OPENED,
        FIRST_COMMAND,
        STATE_BROUGHT,
        ONE_HAS_ENTERED
    }

    @ParameterizedTest
    @EnumSource
    void aKillDuringTheMoveLosesNothing(Moment moment) {
        startThree();
        managers.values().forEach(EpochManager::stop);
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        managers.values().forEach(manager -> manager.start(engine -> new Tripwire(engine, moment, reached)));
        awaitAll(1);
        write("a", "one", "two", "three");
        if (moment == Moment.ONE_HAS_ENTERED) {
            managers.values().forEach(manager -> manager.whenEntered(2, () -> reached.complete(true)));
        }
        var moving = store("a").move("ratis");
        Await.answer(reached);
        managers.values().forEach(EpochManager::stop);
        assertThat(moving.toCompletableFuture()).isDone();
        managers.values().forEach(EpochManager::start);
        awaitAll(2);
        assertAllHold(List.of("one", "two", "three"));
        write("b", "four");
        assertAllHold(List.of("four"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"atomix", "ratis"})
    void aSurvivorGoesOnAloneAndOthersJoinIt(String engine) {
        startThree();
        Await.answer(store("a").move(engine));
        long before = store("a").epoch().number();
        awaitAll(before);
        List<EpochWriter> writers = writers();
        more(writers);
        write("a", "known");
        List<String> acknowledged = new ArrayList<>(end(writers));
        acknowledged.add("known");
        assertAllHold(acknowledged); // so all of it has reached the one that is left
        assertThat(Await.failure(store("a").recover(snapshot -> List.of()))).hasMessageContaining("have a leader");
        lose("b", "c");
        at("a").awaitLeadership(leadership -> leadership.leader().isEmpty());

        Change mark = EpochWriter.transaction("mark").changes().get(0);
        Epoch alone = Await.answer(store("a").recover(snapshot -> List.of(mark)));
        assertThat(alone.founders()).containsExactly(SimulatedNode.memberOf("a"));
        assertThat(alone.engine()).isEqualTo(engine);
        at("a").awaitLeadership(Leadership::local);
        acknowledged.add("mark");
        assertAllHold(acknowledged);
        write("a", "alone");
        for (String id : List.of("d", "e")) {
            EpochManager joining = manager(id, List.of(), List.of("a")).start();
            Await.answer(store("a").add(joining.memberId()));
            joining.awaitEpoch(alone.number());
        }
        write("e", "together");
        acknowledged.addAll(List.of("alone", "together"));
        assertAllHold(acknowledged);
        assertThat(store("a").members()).hasSize(3);
        managers.values().forEach(EpochManager::stop);
        managers.values().forEach(EpochManager::start);
        awaitAll(alone.number());
        assertAllHold(acknowledged);
    }

    private void lose(String... ids) {
        for (String id : ids) {
            at(id).close();
            managers.remove(id);
        }
    }

    @Test
    void aRecoveryThatFailsLeavesEverythingAsItWas() {
        startThree();
        write("a", "one");
        List.of("b", "c").forEach(id -> at(id).stop());
        at("a").awaitLeadership(leadership -> leadership.leader().isEmpty());
        SkepException failure = Await.failure(store("a").recover(snapshot -> {
            throw new SkepException(ErrorCode.WRONG_STATE, "not like this");
        }));
        assertThat(failure).hasMessageContaining("not like this");
        List.of("b", "c").forEach(id -> at(id).start());
        awaitAll(1);
        write("a", "two");
        assertAllHold(List.of("one", "two"));
    }

    @Test
    void aLargeStateMovesWithinTheTimeThatRequestsWait() {
        int tasks = 30_000;
        startThree();
        for (int i = 0; i < 10; i++) {
            List<Change> rows = new ArrayList<>();
            for (int j = 0; j < tasks / 10; j++) {
                rows.addAll(EpochWriter.transaction("large-" + i + "-" + j).changes());
            }
            Await.answer(store("a").commit(new Transaction("large" + i, 0, rows)));
        }
        EpochWriter writer = new EpochWriter("w", at("b")).begin();
        Await.answer(store("c").move("ratis"));
        end(List.of(writer));
        assertThat(writer.longest()).isLessThan(LONGEST_PAUSE);
        assertThat(Await.answer(store("a").sync()).all(Table.NETWORKS)).hasSizeGreaterThan(tasks);
    }
}
