package io.skep.contracts.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.contracts.Await;
import io.skep.model.ErrorCode;
import io.skep.model.ErrorKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link io.skep.api.consensus.Consensus} must do with several members. */
public abstract class ConsensusSwarmContract {
    private static final List<String> THREE = List.of("a", "b", "c");

    private final Map<String, OpenMember> members = new TreeMap<>();
    private SwarmUnderTest swarm;
    private Path root;

    /** Engines that never met, on a network of their own; their time-outs may be shorter than in production. */
    protected abstract SwarmUnderTest swarm();

    @BeforeEach
    final void start(@TempDir Path directory) {
        root = directory;
        swarm = swarm();
    }

    @AfterEach
    final void stop() {
        members.values().forEach(OpenMember::close);
        swarm.close();
    }

    private OpenMember open(String id, List<String> initial) {
        OpenMember member = OpenMember.open(swarm, root, id, initial);
        members.put(id, member);
        return member;
    }

    /** Three members that agree on a leader. */
    private void openThree() {
        THREE.forEach(id -> open(id, THREE));
        members.values().forEach(OpenMember::awaitLeader);
    }

    private OpenMember member(String id) {
        OpenMember member = members.get(id);
        if (member == null) {
            throw new IllegalArgumentException("member " + id + " is not open");
        }
        return member;
    }

    private OpenMember leader() {
        return members.values().stream()
                .filter(member -> member.group().leadership().local())
                .findFirst()
                .orElseThrow();
    }

    private List<OpenMember> followers() {
        return members.values().stream()
                .filter(member -> !member.group().leadership().local())
                .toList();
    }

    private void close(OpenMember member) {
        members.values().remove(member);
        member.close();
    }

    private void assertAllHold(String... commands) {
        for (OpenMember member : members.values()) {
            Await.answer(member.group().barrier());
            assertThat(member.machine().commands()).containsExactly(commands);
        }
    }

    @Test
    void takesCommandsOnEveryMemberAndAppliesThemOnAll() {
        openThree();

        assertThat(member("a").write("from a")).isEqualTo("1 from a");
        assertThat(member("b").write("from b")).isEqualTo("2 from b");
        assertThat(member("c").write("from c")).isEqualTo("3 from c");

        assertAllHold("from a", "from b", "from c");
        assertThat(member("a").group().members()).containsExactly("a", "b", "c");
    }

    @Test
    void electsAnotherLeaderInALaterTermAndKeepsWhatWasAnswered() {
        openThree();
        OpenMember old = leader();
        long oldTerm = old.group().leadership().term();
        followers().get(0).write("kept");

        close(old);
        Leadership next = members.values()
                .iterator()
                .next()
                .awaitLeadership(seen -> seen.term() > oldTerm && seen.leader().isPresent());

        assertThat(next.term()).isGreaterThan(oldTerm);
        members.values().iterator().next().write("more");
        assertAllHold("kept", "more");
    }

    @Test
    void carriesCommandsUnderWayOverAChangeOfLeader() {
        openThree();
        OpenMember follower = followers().get(0);
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(follower.submit("c" + i));
            if (i == 100) {
                close(leader());
            }
        }

        for (int i = 0; i < answers.size(); i++) {
            assertThat(Await.answer(answers.get(i))).endsWith(" c" + i);
        }
        Await.answer(follower.group().barrier());
        assertThat(follower.machine().commands()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void bringsAMemberThatWasAwayUpToDate() {
        openThree();
        OpenMember away = followers().get(0);
        String id = away.group().members().stream()
                .filter(name -> members.get(name) == away)
                .findFirst()
                .orElseThrow();
        close(away);
        leader().write("while away");

        OpenMember back = open(id, THREE);

        assertThat(Await.answer(back.machine().whenApplied("while away"))).isEqualTo("while away");
        assertThat(back.write("back")).isEqualTo("2 back");
    }

    @Test
    void bringsAMemberUpToDateThatMissedWhatTheLogNoLongerHolds() {
        openThree();
        String id = THREE.stream()
                .filter(name -> member(name) == followers().get(0))
                .findFirst()
                .orElseThrow();
        close(member(id));
        for (int i = 0; i < 60; i++) {
            leader().write(i + "x".repeat(50_000));
        }
        for (OpenMember present : members.values()) {
            Await.answer(present.group().barrier());
            Await.answer(present.group().compact());
        }
        leader().write("last");

        OpenMember back = open(id, THREE);

        Await.answer(back.machine().whenApplied("last"));
        assertThat(back.machine().commands()).hasSize(61);
        assertThat(back.write("back")).isEqualTo("62 back");
    }

    @Test
    void passesNoBarrierBeforeWhatOthersAgreedOnMeanwhile() {
        openThree();
        OpenMember old = leader();
        String oldId = old.group().leadership().leader().orElseThrow();
        OpenMember other = followers().get(0);
        old.write("before");
        Await.answer(old.group().barrier());
        swarm.cut(oldId);
        other.awaitLeadership(
                seen -> seen.leader().isPresent() && !seen.leader().get().equals(oldId));
        other.write("meanwhile");

        CompletionStage<List<String>> seen =
                old.group().barrier().thenApply(passed -> old.machine().commands());
        swarm.heal();

        // It may as well be answered that there is no leader.
        assertThat(Await.answer(seen.exceptionally(unavailable -> List.of("before", "meanwhile"))))
                .containsExactly("before", "meanwhile");
        assertAllHold("before", "meanwhile");
    }

    @Test
    void isUnavailableWithoutAMajorityAndGoesOnWithOne() {
        openThree();
        OpenMember lone = followers().get(0);
        lone.write("together");
        THREE.stream().filter(id -> member(id) != lone).forEach(swarm::cut);

        CompletionStage<String> alone = lone.submit("alone");
        CompletionStage<Long> barrier = lone.group().barrier();
        assertThat(Await.failure(alone).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(Await.failure(barrier).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        swarm.heal();
        lone.awaitLeader();

        assertThat(lone.write("again")).endsWith(" again");
    }

    @Test
    void salvagesFromOneMemberWhatAllAcknowledged() {
        openThree();
        OpenMember last = followers().get(0);
        String id =
                THREE.stream().filter(one -> member(one) == last).findFirst().orElseThrow();
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            last.write("c" + i);
            written.add("c" + i);
        }
        THREE.forEach(one -> close(member(one)));

        RecordingMachine machine = new RecordingMachine();
        swarm.engine(id).salvage(new GroupConfig(OpenMember.SWARM, id, root.resolve(id), List.of()), machine);

        assertThat(machine.commands()).containsExactlyElementsOf(written);
        openThree();
        assertAllHold(written.toArray(String[]::new));
    }

    @Test
    void deposesALeaderThatWasCutOff() {
        openThree();
        OpenMember old = leader();
        String oldId = old.group().leadership().leader().orElseThrow();
        OpenMember other = followers().get(0);

        swarm.cut(oldId);
        other.awaitLeadership(
                seen -> seen.leader().isPresent() && !seen.leader().get().equals(oldId));
        other.write("without the old leader");
        old.awaitLeadership(seen -> !seen.local());
        swarm.heal();

        assertThat(Await.answer(old.machine().whenApplied("without the old leader")))
                .isNotEmpty();
        assertAllHold("without the old leader");
    }

    @Test
    void handsLeadershipToTheMemberThatIsNamed() {
        openThree();
        OpenMember old = leader();
        OpenMember heir = followers().get(1);
        String heirId =
                THREE.stream().filter(id -> member(id) == heir).findFirst().orElseThrow();
        old.write("before");

        Await.answer(followers().get(0).group().transfer(heirId));

        heir.awaitLeadership(Leadership::local);
        old.awaitLeadership(seen -> seen.leader().filter(heirId::equals).isPresent());
        assertThat(old.write("after")).isEqualTo("2 after");
        assertAllHold("before", "after");
    }

    @Test
    void growsFromOneMemberAndShrinksAgain() {
        OpenMember a = open("a", List.of("a"));
        a.write("alone");
        OpenMember b = open("b", List.of());
        Await.answer(a.group().add("b"));
        Await.answer(a.group().add("b"));
        OpenMember c = open("c", List.of());
        Await.answer(b.group().add("c"));
        c.awaitLeader();
        assertThat(c.write("together")).isEqualTo("2 together");
        assertAllHold("alone", "together");
        assertThat(c.group().members()).containsExactly("a", "b", "c");

        Await.answer(a.group().remove("b"));
        Await.answer(a.group().remove("b"));
        close(b);
        assertThat(c.write("two left")).isEqualTo("3 two left");
        assertThat(a.group().members()).containsExactly("a", "c");
        Await.answer(a.group().remove("c"));
        close(c);
        assertThat(a.write("alone again")).isEqualTo("4 alone again");
    }

    @Test
    void removesADeadMemberAndTheLeaderItself() {
        openThree();
        OpenMember dead = followers().get(0);
        OpenMember heir = followers().get(1);
        OpenMember leader = leader();
        String deadId =
                THREE.stream().filter(id -> member(id) == dead).findFirst().orElseThrow();
        String leaderId = leader.group().leadership().leader().orElseThrow();
        close(dead);

        Await.answer(leader.group().remove(deadId));
        Await.answer(heir.group().remove(leaderId));
        heir.awaitLeadership(Leadership::local);
        close(leader);

        assertThat(heir.write("last")).isEqualTo("1 last");
        assertThat(heir.group().members()).hasSize(1);
    }

    @Test
    void addsNothingToTheQuorumWhileANewMemberIsNotThere() {
        OpenMember a = open("a", List.of("a"));
        a.write("alone");
        CompletionStage<Void> adding = a.group().add("absent");

        assertThat(a.write("meanwhile")).isEqualTo("2 meanwhile");
        assertThat(adding.toCompletableFuture()).isNotDone();
        Await.answer(a.group().remove("absent"));

        assertThat(Await.failure(adding).code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(a.group().members()).containsExactly("a");
    }

    @Test
    void sendsALargeStateToANewMember() {
        int size = 20 * 1024 * 1024;
        OpenMember a = open("a", List.of("a"));
        a.write("fill " + size);
        Await.answer(a.group().compact());
        a.write("after");
        OpenMember b = open("b", List.of());

        Await.answer(a.group().add("b"));

        Await.answer(b.machine().whenApplied("after"));
        assertThat(b.machine().holdsPattern(size)).isTrue();
        assertThat(b.machine().calls()).isLessThanOrEqualTo(1);
        assertThat(b.write("from b")).isEqualTo("3 from b");
    }
}
