package io.skep.manager;

import static io.skep.manager.Samples.put;
import static io.skep.manager.ScriptedAgent.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.SessionWire;
import io.skep.api.dispatch.TaskData;
import io.skep.api.identity.ManagerAddress;
import io.skep.contracts.Await;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.ErrorCode;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeStatus;
import io.skep.model.Secret;
import io.skep.model.Sensitive;
import io.skep.model.Service;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.SwarmSpec;
import io.skep.model.Task;
import io.skep.model.TaskState;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the leader does for the agents that hold a session, and what it notices of those that do not. */
class AgentDispatcherTest {
    private static final NodeDescription OTHER = new NodeDescription(
            "other",
            Samples.DESCRIPTION.platform(),
            Samples.DESCRIPTION.resources(),
            "2",
            Map.of(),
            List.of(),
            List.of());
    private static final Duration BEAT = SwarmSpec.STANDARD.heartbeatPeriod();
    private final ManualLoop loop = new ManualLoop();
    private final MemoryStore store = new MemoryStore();
    private final SimulatedNetwork network = new SimulatedNetwork(loop.open("network")::after);
    private final Issuers issuers = new Issuers();
    private final ScriptedGossip gossip = new ScriptedGossip();
    private final AgentDispatcher dispatcher = new AgentDispatcher(store, network.manager("m1"), loop, issuers);
    private final ScriptedAgent agent = agent("n1");
    private final Service web = Samples.service("web", "");
    private final Task task = Samples.task("t1", web, "n1");

    private ScriptedAgent agent(String nodeId) {
        return new ScriptedAgent(network.node(nodeId, NodeRole.WORKER), "m1");
    }

    @BeforeEach
    void lead() {
        store.write(put(Table.NODES, Samples.node("n1")), put(Table.SERVICES, web), put(Table.TASKS, task));
        store.lead(3);
        loop.settle();
    }

    private <A> A settled(CompletableFuture<A> answer) {
        loop.settle();
        return Await.answer(answer);
    }

    private SkepException refused(CompletableFuture<?> answer) {
        loop.settle();
        return Await.failure(answer);
    }

    private void open(String sessionId) {
        assertThat(settled(agent.open(sessionId, Samples.DESCRIPTION)).accepted())
                .isTrue();
    }

    private NodeStatus status(String nodeId) {
        return store.snapshot().find(Table.NODES, nodeId).orElseThrow().status();
    }

    private NodeStatus.State state() {
        return status("n1").state();
    }

    /** Beats as an agent does. */
    private void beats(String sessionId, int times) {
        for (int i = 0; i < times; i++) {
            settled(agent.beat(sessionId));
            loop.pass(BEAT);
        }
    }

    @Test
    void aNodeThatIsHeardOfIsReadyAndGetsEverythingFirst() {
        open("s1");
        assertThat(status("n1")).isEqualTo(new NodeStatus(NodeStatus.State.READY, "", "10.0.0.9:2377"));
        assertThat(agent.told()).singleElement().satisfies(first -> {
            assertThat(first.sequence()).isEqualTo(1);
            assertThat(first.last()).isTrue();
            assertThat(first.facts()).isPresent();
            assertThat(first.assignments().complete()).isTrue();
            assertThat(ids(first.assignments().put())).containsExactly("t1");
        });
        assertThat(issuers.all()).isEqualTo(Map.of("n1", "root"));
    }

    @Test
    void afterwardsItIsToldOnlyWhatIsNew() {
        open("s1");
        store.write(put(Table.STATUSES, Samples.status("t1", TaskState.RUNNING)));
        store.write(put(Table.TASKS, task));
        loop.settle();
        assertThat(agent.told()).hasSize(1);
        store.write(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN)));
        loop.settle();
        store.write(new Change.Remove(Table.TASKS, "t1", Change.ANY));
        loop.settle();
        assertThat(agent.told()).extracting(SessionWire.News::sequence).containsExactly(1L, 2L, 3L);
        assertThat(ids(agent.assignments().get(1).put())).containsExactly("t1");
        assertThat(agent.assignments().get(2).removed()).containsExactly("t1");
    }

    @Test
    void whatChangesWhileANewsIsUnderWayIsToldTogether() {
        open("s1");
        network.cut("m1", "n1");
        store.write(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN)));
        loop.settle();
        for (int i = 0; i < 10; i++) {
            store.write(put(Table.TASKS, Samples.task("more" + i, web, "n1")));
            loop.settle();
        }
        network.heal();
        beats("s1", 6);
        assertThat(agent.told()).hasSize(3);
        assertThat(agent.assignments().get(2).put()).hasSize(10);
    }

    @Test
    void aNewsThatIsNotAnsweredIsRepeatedUnderItsNumber() {
        open("s1");
        agent.mute(true);
        store.write(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN)));
        beats("s1", 2);
        agent.mute(false);
        beats("s1", 6);
        assertThat(agent.told()).extracting(SessionWire.News::sequence).containsExactly(1L, 2L, 2L);
    }

    @Test
    void aCompleteAssignmentOfManyTasksComesInPortions() {
        for (int i = 0; i < 450; i++) {
            store.write(put(Table.TASKS, Samples.task("task" + i, web, "n1")));
        }
        loop.settle();
        open("s1");
        assertThat(agent.told()).extracting(SessionWire.News::last).containsExactly(false, false, true);
        assertThat(agent.assignments())
                .extracting(portion -> portion.complete())
                .containsExactly(true, false, false);
        assertThat(agent.assignments().stream()
                        .mapToInt(portion -> portion.put().size())
                        .sum())
                .isEqualTo(451);
    }

    @Test
    void whatIsTooLargeForOneMessageGoesInSeveral() {
        for (int i = 0; i < 30; i++) {
            Service large = Samples.service("large" + i, "env=X=" + "x".repeat(400_000));
            store.write(put(Table.SERVICES, large), put(Table.TASKS, Samples.task("task" + i, large, "n1")));
        }
        loop.settle();
        open("s1");
        assertThat(agent.told()).hasSizeGreaterThan(2);
        assertThat(agent.told()).last().matches(SessionWire.News::last);
        assertThat(agent.told().stream().filter(SessionWire.News::last)).hasSize(1);
        assertThat(agent.assignments().stream()
                        .mapToInt(portion -> portion.put().size())
                        .sum())
                .isEqualTo(31);
    }

    @Test
    void whatItIsToldFollowsTheOrderOfWhatHappened() {
        store.hold();
        CompletableFuture<SessionWire.Opened> opening = agent.open("s1", Samples.DESCRIPTION);
        loop.drain();
        store.release();
        // Both are applied before the session begins, and seen afterwards.
        store.write(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN)));
        store.write(new Change.Remove(Table.TASKS, "t1", Change.ANY));
        loop.settle();
        assertThat(opening).isCompleted();
        assertThat(agent.assignments().get(0).complete()).isTrue();
        List<String> removed = new ArrayList<>();
        agent.assignments().forEach(portion -> removed.addAll(portion.removed()));
        boolean neverTold =
                agent.assignments().stream().allMatch(portion -> portion.put().isEmpty());
        assertThat(neverTold || removed.contains("t1")).isTrue();
    }

    @Test
    void onlyTheNodeOfATaskSpeaksForIt() {
        store.write(put(Table.TASKS, Samples.task("t2", web, "n2")));
        open("s1");
        settled(agent.report("s1", Samples.status("t1", TaskState.RUNNING), Samples.status("t2", TaskState.RUNNING)));
        assertThat(store.snapshot().status("t1")).isPresent();
        assertThat(store.snapshot().status("t2")).isEmpty();
    }

    @Test
    void nobodySpeaksInTheSessionOfAnother() {
        open("s1");
        ScriptedAgent thief = agent("n2");
        assertThat(refused(thief.report("s1", Samples.status("t1", TaskState.FAILED)))
                        .code())
                .isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(refused(thief.beat("s1")).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(refused(thief.close("s1", true)).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(store.snapshot().status("t1")).isEmpty();
    }

    @Test
    void oldNewsIsNotWrittenAgain() {
        open("s1");
        settled(agent.report("s1", Samples.status("t1", TaskState.RUNNING)));
        long version = store.snapshot().version();
        settled(agent.report("s1", Samples.status("t1", TaskState.RUNNING)));
        assertThat(store.snapshot().version()).isEqualTo(version);
    }

    @Test
    void reportsThatComeTogetherCostFewCommits() {
        List<ScriptedAgent> agents = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            store.write(
                    put(Table.NODES, Samples.node("w" + i)), put(Table.TASKS, Samples.task("wt" + i, web, "w" + i)));
            ScriptedAgent one = agent("w" + i);
            agents.add(one);
            CompletableFuture<?> unused = one.open("s", Samples.DESCRIPTION);
        }
        loop.settle();
        int before = store.transactions().size();
        store.hold();
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(agents.get(i).report("s", Samples.status("wt" + i, TaskState.RUNNING)));
        }
        loop.settle();
        store.release();
        answers.forEach(this::settled);
        assertThat(store.transactions().size() - before).isEqualTo(2);
        assertThat(store.snapshot().all(Table.STATUSES)).hasSize(200);
    }

    @Test
    void aBeatWritesNothing() {
        open("s1");
        int before = store.transactions().size();
        beats("s1", 50);
        assertThat(store.transactions()).hasSize(before);
        assertThat(state()).isEqualTo(NodeStatus.State.READY);
    }

    @Test
    void anotherSessionOfTheNodeEndsTheFirst() {
        open("s1");
        open("s2");
        assertThat(refused(agent.report("s1")).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(refused(agent.beat("s1")).code()).isEqualTo(ErrorCode.WRONG_STATE);
        settled(agent.beat("s2"));
    }

    @Test
    void anAgentThatHasAnotherSessionEndsThisOne() {
        open("s1");
        agent.mood(SessionOver::failure);
        store.write(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN)));
        loop.settle();
        assertThat(refused(agent.beat("s1")).code()).isEqualTo(ErrorCode.WRONG_STATE);
    }

    @Test
    void whoeverDoesNotLeadSaysWhoDoes() {
        store.write(put(Table.NODES, Samples.manager("m2")));
        store.follow(4, "m2:00000001");
        SessionWire.Opened opened = settled(agent.open("s1", Samples.DESCRIPTION));
        assertThat(opened.accepted()).isFalse();
        assertThat(opened.leader()).contains(new ManagerAddress("m2", "127.0.0.1"));
        store.loseLead();
        assertThat(settled(agent.open("s1", Samples.DESCRIPTION)).leader()).isEmpty();
    }

    @Test
    void aNodeThatIsNotOfTheSwarmIsTurnedAway() {
        assertThat(refused(agent("stranger").open("s1", Samples.DESCRIPTION)).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void losingTheLeadEndsSessionsAndTurnsAwayWhoWaitsForOne() {
        open("s1");
        store.hold();
        CompletableFuture<SessionWire.Opened> first = agent.open("s2", OTHER);
        CompletableFuture<SessionWire.Opened> second = agent.open("s3", OTHER);
        loop.settle();
        store.loseLead();
        loop.settle();
        agent.told().clear();
        store.release();
        loop.settle();
        assertThat(first).isDone();
        assertThat(second).isDone();
        assertThat(refused(agent.beat("s1")).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(refused(agent.beat("s3")).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(agent.told()).as("a session of a manager that does not lead").isEmpty();
        assertThat(issuers.all()).isEmpty();
    }

    @Test
    void whoeverDoesNotLeadWritesNothingMore() {
        open("s1");
        store.loseLead();
        loop.settle();
        long version = store.snapshot().version();
        assertThat(refused(agent.describe("s1", OTHER)).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(store.snapshot().version()).isEqualTo(version);
    }

    @Test
    void stoppingAnswersWhoWaits() {
        open("s1");
        store.hold();
        CompletableFuture<SessionWire.Opened> waiting = agent.open("s2", OTHER);
        loop.settle();
        dispatcher.stop();
        assertThat(Await.failure(waiting).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(refused(agent.beat("s1")).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aNodeThatIsSilentForFiveBeatsIsDown() {
        open("s1");
        beats("s1", 5);
        loop.pass(BEAT.multipliedBy(3));
        assertThat(state()).as("a pause of half a second deposes nobody").isEqualTo(NodeStatus.State.READY);
        loop.pass(BEAT.multipliedBy(3).dividedBy(2));
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
        assertThat(status("n1").message()).isEqualTo("the node does not answer");
        assertThat(refused(agent.beat("s1")).code()).isEqualTo(ErrorCode.WRONG_STATE);
        open("s2");
        assertThat(state()).isEqualTo(NodeStatus.State.READY);
    }

    @Test
    void withGossipsEvidenceThreeBeatsAreEnough() {
        dispatcher.bindGossip(gossip);
        gossip.dead("n1");
        open("s1");
        beats("s1", 5);
        loop.pass(BEAT.multipliedBy(3).dividedBy(2));
        assertThat(state()).as("gossip alone is no evidence").isEqualTo(NodeStatus.State.READY);
        loop.pass(BEAT);
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
    }

    @Test
    void aManagerThatPausedItselfBlamesNobody() {
        open("s1");
        beats("s1", 5);
        loop.skip(Duration.ofSeconds(30));
        settled(agent.beat("s1"));
        beats("s1", 5);
        assertThat(state()).isEqualTo(NodeStatus.State.READY);
        loop.pass(BEAT.multipliedBy(6));
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
    }

    @Test
    void aNewLeaderGivesEverybodyTimeToFindIt() {
        open("s1");
        store.lead(4);
        loop.settle();
        loop.pass(BEAT.multipliedBy(6));
        assertThat(state()).as("as its predecessor knew it").isEqualTo(NodeStatus.State.READY);
        loop.pass(BEAT.multipliedBy(2));
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
    }

    @Test
    void whoseAgentStopsHasTimeForAnother() {
        open("s1");
        settled(agent.close("s1", false));
        loop.pass(Duration.ofSeconds(29));
        assertThat(state()).isEqualTo(NodeStatus.State.READY);
        open("s2");
        agent.mood(() -> new SkepException(ErrorCode.NOT_FOUND, "nobody serves this"));
        store.write(put(Table.TASKS, task.withDesiredState(TaskState.SHUTDOWN)));
        loop.pass(Duration.ofSeconds(29));
        assertThat(state()).isEqualTo(NodeStatus.State.READY);
        loop.pass(Duration.ofSeconds(5));
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
    }

    @Test
    void whoeverLeavesIsDownAtOnce() {
        open("s1");
        settled(agent.close("s1", true));
        assertThat(status("n1").message()).isEqualTo("the node left the swarm");
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
        loop.pass(Duration.ofMinutes(1));
        assertThat(status("n1").message()).isEqualTo("the node left the swarm");
    }

    @Test
    void whoeverHasJustJoinedHasTimeToComeAndIsDownIfItDoesNot() {
        store.write(put(Table.NODES, Samples.node("new")));
        loop.pass(Duration.ofSeconds(29));
        assertThat(status("new").state()).isEqualTo(NodeStatus.State.UNKNOWN);
        loop.pass(Duration.ofSeconds(5));
        assertThat(status("new").state()).isEqualTo(NodeStatus.State.DOWN);
    }

    @Test
    void anotherPaceIsToldWithTheNextBeatAndCountsFromThen() {
        open("s1");
        Swarm swarm = Samples.swarm();
        SwarmSpec quick = new SwarmSpec("spread", 5, Duration.ofMillis(100), Duration.ofDays(90), false);
        store.write(put(Table.SWARM, swarm.withSpec(quick)));
        loop.settle();
        loop.pass(BEAT);
        assertThat(settled(agent.beat("s1")).beatMillis()).isEqualTo(100);
        loop.pass(BEAT.multipliedBy(2));
        assertThat(state()).as("it may not have heard").isEqualTo(NodeStatus.State.READY);
        settled(agent.beat("s1"));
        loop.pass(Duration.ofMillis(700));
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
    }

    @Test
    void whatIsNewOfTheSwarmIsToldToAllAndNothingElse() {
        open("s1");
        store.write(put(Table.NODES, Samples.node("n9")));
        loop.settle();
        assertThat(agent.told()).hasSize(1);
        store.write(put(Table.NODES, Samples.manager("m2")));
        loop.settle();
        assertThat(agent.told()).hasSize(2);
        assertThat(agent.told().get(1).facts().orElseThrow().managers())
                .extracting(ManagerAddress::nodeId)
                .contains("m2");
    }

    @Test
    void aNodeThatIsRemovedIsForgotten() {
        open("s1");
        store.write(new Change.Remove(Table.NODES, "n1", Change.ANY));
        loop.settle();
        assertThat(refused(agent.beat("s1")).code()).isEqualTo(ErrorCode.WRONG_STATE);
        loop.pass(Duration.ofMinutes(1));
        assertThat(store.snapshot().find(Table.NODES, "n1")).isEmpty();
    }

    @Test
    void aDescriptionThatConflictsIsWrittenAgain() {
        open("s1");
        store.hold();
        CompletableFuture<Boolean> described = agent.describe("s1", OTHER);
        loop.settle();
        store.write(put(Table.NODES, store.snapshot().find(Table.NODES, "n1").orElseThrow()));
        store.release();
        settled(described);
        assertThat(store.snapshot().find(Table.NODES, "n1").orElseThrow().description())
                .isEqualTo(Optional.of(OTHER));
    }

    private static final Secret PASSWORD = new Secret(
            "password", Samples.NOW, Samples.NOW, new DataSpec("password", Map.of()), new Sensitive("c2VjcmV0"));
    private static final Config CONF =
            new Config("conf", Samples.NOW, Samples.NOW, new DataSpec("conf", Map.of()), new Sensitive("Y29uZg=="));

    private List<String> data() {
        return agent.assignments().stream()
                .flatMap(news -> news.data().stream())
                .map(TaskData::id)
                .toList();
    }

    @Test
    void aSecretGoesOnlyWhereATaskReadsItAndGoesWithTheLastOne() {
        Service reader = Samples.service("reader", "secrets=password configs=conf");
        store.write(put(Table.SECRETS, PASSWORD), put(Table.CONFIGS, CONF), put(Table.SERVICES, reader));
        store.write(put(Table.NODES, Samples.node("n2")), put(Table.TASKS, Samples.task("r2", reader, "n2")));
        open("s1");
        assertThat(data()).as("a task elsewhere is nothing to this node").isEmpty();
        Task first = Samples.task("r1", reader, "n1");
        Task second = Samples.task("r3", reader, "n1");
        store.write(put(Table.TASKS, first));
        loop.settle();
        store.write(put(Table.TASKS, second));
        loop.settle();
        assertThat(data()).as("told once").containsExactly("conf", "password");
        store.write(put(Table.TASKS, first.withDesiredState(TaskState.SHUTDOWN)));
        loop.settle();
        assertThat(agent.assignments()).allMatch(news -> news.obsolete().isEmpty());
        store.write(put(Table.TASKS, second.withDesiredState(TaskState.SHUTDOWN)));
        loop.settle();
        assertThat(agent.assignments().get(agent.assignments().size() - 1).obsolete())
                .containsExactly("conf", "password");
        assertThat(agent.told().get(agent.told().size() - 1).toString()).doesNotContain("c2VjcmV0");
    }

    @Test
    void largeDataComesBeforeTheTasksThatReadIt() {
        for (int i = 0; i < 6; i++) {
            Config large = new Config(
                    "c" + i,
                    Samples.NOW,
                    Samples.NOW,
                    new DataSpec("c" + i, Map.of()),
                    new Sensitive("x".repeat(1_300_000)));
            Service reader = Samples.service("reader" + i, "configs=c" + i);
            store.write(
                    put(Table.CONFIGS, large),
                    put(Table.SERVICES, reader),
                    put(Table.TASKS, Samples.task("r" + i, reader, "n1")));
        }
        open("s1");
        assertThat(data()).hasSize(6);
        Set<String> held = new TreeSet<>();
        agent.assignments().forEach(news -> {
            news.data().forEach(one -> held.add(one.id()));
            news.put().stream()
                    .flatMap(one -> one.task().spec().containerSpec().configs().stream())
                    .forEach(config -> assertThat(held).contains(config.configId()));
        });
        assertThat(agent.told().get(agent.told().size() - 1).last()).isTrue();
        assertThat(agent.told().stream().filter(SessionWire.News::last)).hasSize(1);
    }
}
