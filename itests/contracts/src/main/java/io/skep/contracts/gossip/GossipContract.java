package io.skep.contracts.gossip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Gossip.Change;
import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.model.ErrorCode;
import io.skep.model.ErrorKind;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What every {@link Gossip} must do; each implementation's test extends it. */
public abstract class GossipContract extends GossipSubject {
    @Test
    void aloneANodeIsItsOnlyMember() {
        Gossip one = swarm.start("one");

        assertThat(one.nodeId()).isEqualTo("one");
        assertThat(one.members())
                .extracting(Member::nodeId, Member::liveness)
                .containsExactly(tuple("one", Liveness.ALIVE));
        assertThat(one.members().get(0).address()).matches(".+:\\d+");
    }

    @Test
    void aNodeSeesWhatItStates() {
        Gossip one = swarm.start("one");

        one.publish(TABLE, entries("web", "10.0.0.1"));

        await("own entries", () -> sees(one, "one", "web=10.0.0.1"));
    }

    @Test
    void whatIsStatedIsCopied() {
        Gossip one = swarm.start("one");
        byte[] value = "before".getBytes(UTF_8);
        Map<String, byte[]> entries = new TreeMap<>(Map.of("key", value));

        one.publish(TABLE, entries);
        value[0] = 'X';
        entries.clear();

        await("the entries as they were", () -> sees(one, "one", "key=before"));
    }

    @Test
    void threeNodesFindEachOtherAndAgree() {
        List<Gossip> nodes = three();

        nodes.forEach(node -> node.publish(TABLE, entries("of", node.nodeId())));

        for (Gossip node : nodes) {
            await(
                    node.nodeId() + " sees all",
                    () -> sees(node, "one", "of=one")
                            && sees(node, "two", "of=two")
                            && sees(node, "three", "of=three"));
            assertThat(node.members().get(0).nodeId()).isEqualTo(node.nodeId());
            assertThat(node.members()).extracting(Member::nodeId).containsExactlyInAnyOrder("one", "two", "three");
            assertThat(node.members().subList(1, 3)).isSortedAccordingTo(Comparator.comparing(Member::nodeId));
        }
    }

    @Test
    void whatIsNoLongerStatedIsRemoved() {
        List<Gossip> nodes = three();
        Gossip one = nodes.get(0);
        one.publish(TABLE, entries("a", "1", "b", "2", "c", "3"));
        one.publish("other", entries("x", "9"));
        awaitAll("all entries", nodes, node -> sees(node, "one", "a=1 b=2 c=3"));

        one.publish(TABLE, entries("a", "1", "c", "4"));

        awaitAll("one less, one changed", nodes, node -> sees(node, "one", "a=1 c=4"));
        awaitAll("the other table as it was", nodes, node -> text(node.table("other")
                        .get("one"))
                .equals("x=9"));
    }

    @Test
    void aKeyThatWasRemovedCanComeBack() {
        List<Gossip> nodes = three();
        Gossip one = nodes.get(0);
        one.publish(TABLE, entries("a", "1"));
        awaitAll("stated", nodes, node -> sees(node, "one", "a=1"));
        one.publish(TABLE, entries());
        awaitAll("removed", nodes, node -> sees(node, "one", ""));

        one.publish(TABLE, entries("a", "1"));

        awaitAll("back", nodes, node -> sees(node, "one", "a=1"));
    }

    @Test
    void absentIsNotEmpty() {
        List<Gossip> nodes = three();

        nodes.get(0).publish(TABLE, entries());

        awaitAll("an empty owner", nodes, node -> node.table(TABLE).containsKey("one"));
        for (Gossip node : nodes) {
            assertThat(node.table(TABLE)).containsOnlyKeys("one");
            assertThat(node.table(TABLE).get("one")).isEmpty();
            assertThat(node.table("unheard-of")).isEmpty();
        }
    }

    @Test
    void theFirstStatementAfterARestartRemovesLeftovers() {
        List<Gossip> nodes = three();
        List<Gossip> others = nodes.subList(1, 3);
        nodes.get(0).publish(TABLE, entries("a", "1", "b", "2"));
        nodes.get(0).publish("other", entries("x", "9"));
        awaitAll(
                "the first run",
                others,
                node -> sees(node, "one", "a=1 b=2")
                        && text(node.table("other").get("one")).equals("x=9"));

        swarm.stop("one");
        Gossip again = start("one");
        join(again, others.get(0));
        awaitAll("one is back", others, node -> liveness(node, "one") == Liveness.ALIVE);
        again.publish(TABLE, entries("b", "3"));

        awaitAll("only the second run", others, node -> sees(node, "one", "b=3"));
        await("itself too", () -> sees(again, "one", "b=3"));
        awaitAll("not yet restated", others, node -> text(node.table("other").get("one"))
                .equals("x=9"));
    }

    @Test
    void whoJoinsLaterLearnsAllAlsoOfTheDead() {
        List<Gossip> nodes = three();
        nodes.forEach(node -> node.publish(TABLE, entries("of", node.nodeId())));
        awaitAll("agreement", nodes, node -> node.table(TABLE).size() == 3);
        swarm.stop("one");
        awaitAll("one dead", nodes.subList(1, 3), node -> liveness(node, "one") == Liveness.DEAD);

        Gossip four = start("zfour");
        join(four, nodes.get(2));

        await("all tables", () -> sees(four, "one", "of=one") && sees(four, "two", "of=two"));
        await(
                "live members",
                () -> liveness(four, "two") == Liveness.ALIVE && liveness(four, "three") == Liveness.ALIVE);
    }

    @Test
    void aDeadMemberIsReportedAndItsEntriesStay() {
        List<Gossip> nodes = three();
        List<Gossip> others = nodes.subList(1, 3);
        nodes.get(0).publish(TABLE, entries("a", "1"));
        awaitAll("stated", nodes, node -> sees(node, "one", "a=1"));

        swarm.stop("one");

        awaitAll("dead", others, node -> liveness(node, "one") == Liveness.DEAD);
        for (Gossip node : others) {
            assertThat(sees(node, "one", "a=1")).isTrue();
        }
    }

    @Test
    void aDeadMemberThatComesBackIsAliveAgain() {
        List<Gossip> nodes = three();
        List<Gossip> others = nodes.subList(1, 3);
        swarm.stop("one");
        awaitAll("dead", others, node -> liveness(node, "one") == Liveness.DEAD);

        Gossip again = start("one");
        join(again, others.get(1));
        again.publish(TABLE, entries("run", "second"));

        awaitAll("alive", others, node -> liveness(node, "one") == Liveness.ALIVE);
        awaitAll("with new entries", others, node -> sees(node, "one", "run=second"));
    }

    @Test
    void afterALongCutAllAgree() {
        List<Gossip> nodes = three();
        swarm.cut("one");
        await(
                "the cut is noticed on one side",
                () -> liveness(nodes.get(0), "two") == Liveness.DEAD
                        && liveness(nodes.get(0), "three") == Liveness.DEAD);
        awaitAll("and on the other", nodes.subList(1, 3), node -> liveness(node, "one") == Liveness.DEAD);
        nodes.forEach(node -> node.publish(TABLE, entries("cut", node.nodeId())));

        swarm.heal();

        awaitAll(
                "agreement",
                nodes,
                node -> sees(node, "one", "cut=one")
                        && sees(node, "two", "cut=two")
                        && sees(node, "three", "cut=three")
                        && node.members().stream().allMatch(member -> member.liveness() == Liveness.ALIVE));
    }

    @Test
    void afterAShortCutAllAgreeAndNobodyDied() {
        List<Gossip> nodes = three();
        Queue<Member> dead = new ConcurrentLinkedQueue<>();
        nodes.forEach(node -> node.onChange(change -> node.members().stream()
                .filter(member -> member.liveness() == Liveness.DEAD)
                .forEach(dead::add)));
        swarm.cut("one");
        nodes.forEach(node -> node.publish(TABLE, entries("cut", node.nodeId())));
        swarm.until(() -> false, PAUSE);

        swarm.heal();

        awaitAll(
                "agreement",
                nodes,
                node -> sees(node, "one", "cut=one")
                        && sees(node, "two", "cut=two")
                        && sees(node, "three", "cut=three"));
        awaitAll("alive", nodes, node -> node.members().stream().allMatch(m -> m.liveness() == Liveness.ALIVE));
        assertThat(dead).isEmpty();
    }

    @Test
    void largeValuesTravel() {
        List<Gossip> nodes = three();
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            byte[] value = new byte[16 << 10];
            value[value.length - 1] = (byte) i;
            entries.put("large-" + i, value);
        }

        nodes.get(0).publish(TABLE, entries);

        awaitAll("large values", nodes, node -> node.table(TABLE).containsKey("one"));
        for (Gossip node : nodes) {
            Map<String, byte[]> seen = node.table(TABLE).getOrDefault("one", Map.of());
            assertThat(seen).hasSize(40);
            assertThat(seen.get("large-39")).isEqualTo(entries.get("large-39"));
        }
    }

    @Test
    void whatCannotTravelIsRefused() {
        Gossip one = swarm.start("one");

        assertThatThrownBy(() -> one.publish(TABLE, Map.of("key", new byte[(16 << 10) + 1])))
                .isInstanceOfSatisfying(SkepException.class, this::isMistake);
        assertThatThrownBy(() -> one.publish("Not A Table", Map.of()))
                .isInstanceOfSatisfying(SkepException.class, this::isMistake);
        assertThatThrownBy(() -> one.seed(List.of("no address")))
                .isInstanceOfSatisfying(SkepException.class, this::isMistake);
    }

    private void isMistake(SkepException refusal) {
        assertThat(refusal.kind()).isEqualTo(ErrorKind.USER);
    }

    @Test
    void aSubscriptionBeginsWithAReportOfEachKind() {
        Gossip one = swarm.start("one");
        Queue<Change> reports = new ConcurrentLinkedQueue<>();

        one.onChange(change -> noted(reports, change));

        await("first reports", () -> reports.contains(Change.MEMBERS) && reports.contains(Change.TABLES));
    }

    @Test
    void anEndedSubscriptionIsQuiet() {
        Gossip one = start("one");
        Queue<Change> reports = new ConcurrentLinkedQueue<>();
        Gossip.Subscription subscription = one.onChange(change -> noted(reports, change));
        await("first reports", () -> reports.size() >= 2);

        subscription.close();
        subscription.close();
        int before = reports.size();
        one.publish(TABLE, entries("a", "1"));
        await("others are told", () -> sees(one, "one", "a=1"));

        assertThat(reports).hasSize(before);
    }

    @Test
    void aStoppedNodeIsQuietAndSaysSo() {
        Gossip one = start("one");
        Queue<Change> reports = new ConcurrentLinkedQueue<>();
        one.onChange(change -> noted(reports, change));
        await("first reports", () -> reports.size() >= 2);

        swarm.stop("one");
        int before = reports.size();

        assertThatThrownBy(() -> one.publish(TABLE, Map.of()))
                .isInstanceOfSatisfying(
                        SkepException.class, gone -> assertThat(gone.code()).isEqualTo(ErrorCode.PART_MISSING));
        swarm.until(() -> reports.size() > before, Duration.ofMillis(100));
        assertThat(reports).hasSize(before);
    }

    private void noted(Queue<Change> reports, Change change) {
        reports.add(change);
        swarm.lookAgain();
    }
}
