package io.skep.manager;

import static io.skep.manager.Samples.put;
import static io.skep.manager.ScriptedAgent.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.SessionWire;
import io.skep.api.dispatch.TaskData;
import io.skep.api.identity.ManagerAddress;
import io.skep.model.Config;
import io.skep.model.DataSpec;
import io.skep.model.ErrorCode;
import io.skep.model.NodeStatus;
import io.skep.model.Secret;
import io.skep.model.Sensitive;
import io.skep.model.Service;
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
import org.junit.jupiter.api.Test;

/** What the leader tells the agents that hold a session, and what it keeps of what they say. */
class AgentDispatcherTest extends DispatcherBench {
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
