package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.dispatch.SessionWire;
import io.skep.api.identity.ManagerAddress;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeStatus;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.SwarmSpec;
import io.skep.model.TaskState;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which sessions the leader keeps, and whom it takes for lost. */
class AgentSessionsTest extends DispatcherBench {
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

    /** Found by simulation: it was down for good, while its session went on. */
    @Test
    void aNodeThatIsGivenUpWhileItOpensASessionHasToOpenAnother() {
        open("s1");
        store.hold();
        CompletableFuture<SessionWire.Opened> opening = agent.open("s2", OTHER);
        loop.pass(BEAT.multipliedBy(7));
        store.release();
        loop.settle();
        assertThat(opening).isCompleted();
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
        assertThat(refused(agent.beat("s2")).code()).isEqualTo(ErrorCode.WRONG_STATE);
        open("s3");
        beats("s3", 10);
        assertThat(state()).isEqualTo(NodeStatus.State.READY);
    }

    /** Found by simulation: the answer to the write was lost, and with it the session that it was for. */
    @Test
    void aNodeThatIsWrittenDownAsReadyIsMissedThoughItGotNoSession() {
        open("s1");
        Node ready = store.snapshot().find(Table.NODES, "n1").orElseThrow();
        loop.pass(BEAT.multipliedBy(7));
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
        store.write(put(Table.NODES, ready));
        loop.pass(BEAT.multipliedBy(3));
        assertThat(state()).as("it has time to ask again").isEqualTo(NodeStatus.State.READY);
        loop.pass(BEAT.multipliedBy(6));
        assertThat(state()).isEqualTo(NodeStatus.State.DOWN);
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
}
