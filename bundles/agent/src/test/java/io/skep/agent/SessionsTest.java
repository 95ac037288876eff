package io.skep.agent;

import static io.skep.model.TaskState.FAILED;
import static io.skep.model.TaskState.PREPARING;
import static io.skep.model.TaskState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.dispatch.Assignments;
import io.skep.api.dispatch.SessionWire;
import io.skep.api.gossip.Gossip;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.contracts.Await;
import io.skep.contracts.gossip.SimulatedGossipNetwork;
import io.skep.contracts.identity.SampleCredentials;
import io.skep.model.ErrorCode;
import io.skep.model.NodeRole;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How an agent finds the leader, keeps its session, and what it takes of what it is told. */
class SessionsTest {
    private static final String ID = "abcdefghijklmnopqrstuvwxy";
    private static final Duration BEAT = Duration.ofMillis(Managers.BEAT);
    private final Bench bench = Bench.complete("m1", "m2", "m3");

    private void run() {
        bench.managers.assign(Samples.assignment(ID));
        bench.loop.settle();
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, RUNNING);
    }

    private static Assignments nothing() {
        return Assignments.of(List.of(), List.of());
    }

    private static Assignments forgetting() {
        return Assignments.of(List.of(), List.of(ID));
    }

    @Test
    void whoeverDoesNotLeadSaysWhoDoes() {
        bench.managers.lead(Optional.of("m3"));
        bench.loop.pass(BEAT.multipliedBy(2));
        assertThat(bench.managers.sessions()).isEqualTo(1);
        assertThat(bench.managers.opened()).endsWith("m3").hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void allAreAskedWhenNobodySaysWhoLeads() {
        bench.managers.shy();
        bench.managers.lead(Optional.of("m2"));
        bench.loop.pass(BEAT.multipliedBy(2));
        assertThat(bench.managers.sessions()).isEqualTo(1);
    }

    @Test
    void whileNobodyLeadsItAsksOnAndSoonFindsTheNextLeader() {
        run();
        bench.managers.lead(Optional.empty());
        bench.loop.pass(Duration.ofSeconds(3));
        assertThat(bench.managers.sessions()).isZero();
        assertThat(bench.managers.opened())
                .as("asked now and then, not all the time")
                .hasSizeBetween(20, 100);
        bench.managers.lead(Optional.of("m2"));
        bench.loop.pass(Duration.ofMillis(300));
        assertThat(bench.managers.sessions()).isEqualTo(1);
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, RUNNING);
    }

    @Test
    void aSessionIsKeptByBeatsAtThePaceThatIsTold() {
        int beats = bench.managers.beats();
        int opened = bench.managers.opened().size();
        bench.loop.pass(BEAT.multipliedBy(20));
        assertThat(bench.managers.beats() - beats).isBetween(19, 21);
        assertThat(bench.managers.opened()).hasSize(opened);
    }

    @Test
    void anotherPaceIsTakenUpWithinASession() {
        bench.managers.period(100);
        bench.loop.pass(BEAT.multipliedBy(2));
        int beats = bench.managers.beats();
        int opened = bench.managers.opened().size();
        bench.loop.pass(Duration.ofSeconds(2));
        assertThat(bench.managers.beats() - beats).isBetween(19, 21);
        assertThat(bench.managers.opened()).hasSize(opened);
    }

    @Test
    void aLeaderThatIsSilentForAMomentKeepsTheSession() {
        int opened = bench.managers.opened().size();
        bench.loop.pass(BEAT);
        bench.wire.cut("m1");
        bench.loop.pass(Duration.ofMillis(700));
        bench.wire.heal();
        bench.loop.pass(Duration.ofSeconds(5));
        assertThat(bench.managers.opened()).hasSize(opened);
    }

    @Test
    void aLeaderThatIsOffIsLeftForTheNext() {
        run();
        bench.wire.cut("m1");
        bench.managers.lead(Optional.of("m2"));
        bench.loop.pass(BEAT.multipliedBy(4).plusMillis(1100));
        assertThat(bench.managers.opened()).endsWith("m2");
        assertThat(bench.managers.sessions()).isEqualTo(1);
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, RUNNING);
    }

    @Test
    void aNodeThatIsCutOffGoesOnAndTellsAfterwardsWhatHappened() {
        run();
        bench.wire.cut(Samples.NODE);
        bench.loop.pass(Duration.ofMinutes(1));
        assertThat(bench.stated()).containsExactly(ID);
        bench.host.crash(ID, 9, bench.loop.now());
        bench.loop.pass(Duration.ofMinutes(1));
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, RUNNING);
        bench.wire.heal();
        bench.loop.pass(Duration.ofSeconds(10));
        assertThat(bench.managers.states(ID)).containsExactly(PREPARING, RUNNING, FAILED);
    }

    @Test
    void whatTheSwarmForgotWhileTheNodeWasCutOffGoes() {
        run();
        bench.wire.cut(Samples.NODE);
        bench.managers.forget(ID);
        bench.managers.lose();
        bench.loop.pass(Duration.ofMinutes(1));
        assertThat(bench.host.configs()).containsOnlyKeys(ID);
        bench.wire.heal();
        bench.loop.pass(Duration.ofSeconds(10));
        assertThat(bench.host.configs()).isEmpty();
    }

    private Gossip gossip(String... managers) {
        SimulatedGossipNetwork network = new SimulatedGossipNetwork(bench.loop.open("gossip")::after);
        Gossip here = network.start(Samples.NODE);
        for (String id : managers) {
            Gossip there = network.start(id);
            there.seed(List.of(Samples.NODE + ":7946"));
            there.publish(Gossip.MANAGERS, Map.of(Gossip.TRANSPORT, (id + ":2377").getBytes(StandardCharsets.UTF_8)));
        }
        return here;
    }

    @Test
    void managersThatItWasNeverToldOfAreFoundByGossip() {
        bench.bindGossip(gossip("m9"));
        List.of("m1", "m2", "m3").forEach(bench.wire::cut);
        bench.managers.add("m9", bench.wire.manager("m9"));
        bench.managers.lead(Optional.of("m9"));
        bench.loop.pass(Duration.ofSeconds(10));
        assertThat(bench.managers.sessions()).isEqualTo(1);
        assertThat(bench.managers.opened()).endsWith("m9");
    }

    @Test
    void aManagerThatGossipNamesIsNotAskedWhileAKnownOneAnswers() {
        bench.bindGossip(gossip("m9"));
        bench.managers.add("m9", bench.wire.manager("m9"));
        bench.managers.lead(Optional.of("m2"));
        bench.loop.pass(Duration.ofSeconds(10));
        assertThat(bench.managers.sessions()).isEqualTo(1);
        assertThat(bench.managers.opened()).endsWith("m2").doesNotContain("m9");
    }

    @Test
    void nobodyThatGossipNamesIsWaitedForWhileThereIsAnElection() {
        bench.bindGossip(gossip("m9"));
        bench.managers.add("m9", bench.wire.manager("m9"));
        bench.managers.lead(Optional.empty());
        bench.loop.pass(Duration.ofSeconds(2));
        assertThat(bench.managers.opened()).doesNotContain("m9");
        bench.managers.lead(Optional.of("m9"));
        bench.managers.shy();
        bench.loop.pass(Duration.ofSeconds(20));
        assertThat(bench.managers.opened()).endsWith("m9");
    }

    @Test
    void aWorkerThatSaysItLeadsHoldsNobodyForLong() {
        bench.bindGossip(gossip("w9"));
        List.of("m1", "m2", "m3").forEach(bench.wire::cut);
        bench.managers.add("w9", bench.wire.node("w9", NodeRole.WORKER));
        bench.managers.shy();
        bench.managers.lead(Optional.of("w9"));
        bench.loop.pass(Duration.ofSeconds(10));
        assertThat(bench.managers.opened()).endsWith("w9");
        bench.wire.heal();
        bench.loop.pass(Duration.ofSeconds(20));
        assertThat(bench.managers.opened()).as("it looks for another").contains("m1", "m2", "m3");
    }

    @Test
    void aRepeatedNewsIsAnsweredAndDropped() {
        run();
        long said = bench.managers.said();
        var again = bench.managers.say(said, forgetting());
        bench.loop.settle();
        Await.answer(again);
        assertThat(bench.host.configs()).containsOnlyKeys(ID);
    }

    @Test
    void aNewsAfterAGapIsRefused() {
        run();
        var late = bench.managers.say(bench.managers.said() + 2, forgetting());
        bench.loop.settle();
        assertThat(Await.failure(late).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(bench.host.configs()).containsOnlyKeys(ID);
    }

    @Test
    void newsOfAnEarlierSessionAreRefused() {
        run();
        Inbox inbox = new Inbox(told -> {}, facts -> {});
        inbox.expect("new", "m1");
        var news = new SessionWire.News("old", 1, nothing(), true, Optional.empty());
        assertThatThrownBy(() -> inbox.take("m1", news)).hasMessageContaining("another session");
        var own = new SessionWire.News("new", 1, nothing(), true, Optional.empty());
        assertThatThrownBy(() -> inbox.take("m2", own)).hasMessageContaining("another session");
        inbox.take("m1", own);
    }

    @Test
    void aCompleteAssignmentInPortionsCountsWhenItIsComplete() {
        for (int i = 0; i < 5; i++) {
            bench.managers.assign(
                    Samples.assignment("task" + i + "aaaaaaaaaaaaaaaaaaaa", RUNNING, List.of(), "10.1.0." + (i + 10)));
        }
        bench.loop.settle();
        assertThat(bench.stated()).hasSize(5);
        bench.managers.portion(2);
        bench.managers.lose();
        bench.loop.pass(Duration.ofSeconds(1));
        assertThat(bench.managers.sessions()).isEqualTo(1);
        assertThat(bench.stated()).hasSize(5);
        assertThat(bench.host.configs()).hasSize(5);
    }

    @Test
    void whatTheLeaderTellsOfTheSwarmIsLearnt() {
        SwarmFacts facts = new SwarmFacts(
                List.of(new ManagerAddress("m2", "m2:2377")),
                bench.node.facts().gossipKeys(),
                List.of("root"),
                NodeRole.WORKER,
                List.of("revoked"));
        bench.managers.facts(facts);
        bench.managers.lose();
        bench.loop.pass(Duration.ofSeconds(1));
        assertThat(bench.node.facts()).isEqualTo(facts);
    }

    @Test
    void aRenewalIsTold() {
        assertThat(bench.managers.issuer()).hasSize(50);
        bench.managers.lose();
        bench.node.renew(SampleCredentials.selfSigned(), NodeRole.WORKER);
        bench.loop.pass(Duration.ofSeconds(1));
        assertThat(bench.managers.issuer()).hasSize(50);
    }
}
