package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class RoundTest {
    private static final List<Subject> BOTH = List.of(new Subject.OfService("a"), new Subject.OfService("b"));

    private final Service a = Samples.service("a", "");
    private final Service b = Samples.service("b", "");
    private final Snapshot cluster = Samples.cluster(
            put(Table.SERVICES, a),
            put(Table.SERVICES, b),
            put(Table.NODES, Samples.node("n1")),
            put(Table.TASKS, Samples.task("ta", a, "")),
            put(Table.TASKS, Samples.task("tb", b, "")));

    /** A rule made of a function. */
    private record Rule(String name, int order, Deciding deciding) implements Reconciler {
        @Override
        public Decision decide(Snapshot cluster, Subject subject, Context context) {
            return deciding.decide(cluster, subject, context);
        }
    }

    private interface Deciding {
        Decision decide(Snapshot cluster, Subject subject, Context context);
    }

    private List<Round.Decided> decide(Reconciler... reconcilers) {
        return new Round(List.of(reconcilers), cluster, Samples.NOW, () -> "id").decide(BOTH);
    }

    private static Deciding always(Decision decision) {
        return (cluster, subject, context) -> decision;
    }

    private static Task taskOf(Snapshot cluster, Subject subject) {
        return cluster.tasksOfService(subject.id()).iterator().next();
    }

    @Test
    void noAddressIsGivenTwice() {
        Rule allocator = new Rule("allocator", 1, (cluster, subject, context) -> {
            String free = cluster.addressesOf("net").containsKey("10.1.0.2") ? "10.1.0.3" : "10.1.0.2";
            Task task = Samples.attached(taskOf(cluster, subject), "net", free);
            return Decision.of(List.of(new Change.Put<>(Table.TASKS, task, 1)));
        });
        assertThat(decide(allocator))
                .extracting(one -> one.decision().changes().get(0))
                .extracting(change -> ((Task) ((Change.Put<?>) change).row())
                        .attachments()
                        .get(0)
                        .address())
                .containsExactly("10.1.0.2", "10.1.0.3");
    }

    @Test
    void whatBuildsOnARowOfTheRoundWaitsForTheNext() {
        Rule rule = new Rule(
                "node",
                1,
                (cluster, subject, context) -> Decision.of(List.of(
                        new Change.Check(Table.NODES, "n1", cluster.versionOf(Table.NODES, "n1")),
                        put(Table.NODES, Samples.node("n1")))));
        List<Round.Decided> decided = decide(rule);
        assertThat(decided.get(0).decision().changes()).hasSize(2);
        assertThat(decided.get(1).decision()).isEqualTo(Decision.wakeAt(Samples.NOW));
    }

    @Test
    void aRowThatIsOnlyCheckedMayBeCheckedByOthersToo() {
        Rule rule = new Rule(
                "check",
                1,
                (cluster, subject, context) -> Decision.of(List.of(
                        new Change.Check(Table.NODES, "n1", 1),
                        new Change.Put<>(Table.TASKS, taskOf(cluster, subject), 1))));
        assertThat(decide(rule))
                .allSatisfy(one -> assertThat(one.decision().changes()).hasSize(2));
    }

    @Test
    void theFirstRuleByOrderWithChangesWins() {
        Rule late = new Rule("late", 2, always(Decision.of(List.of(put(Table.NODES, Samples.node("late"))))));
        Rule early = new Rule(
                "early",
                1,
                (cluster, subject, context) -> subject.id().equals("a")
                        ? Decision.of(List.of(put(Table.NODES, Samples.node("early"))))
                        : Decision.NOTHING);
        assertThat(decide(late, early)).extracting(Round.Decided::reconciler).containsExactly("early", "late");
    }

    @Test
    void theEarliestTimeOfAllRulesCounts() {
        Instant soon = Samples.NOW.plusSeconds(1);
        Rule first = new Rule("first", 1, always(Decision.wakeAt(Samples.NOW.plusSeconds(9))));
        Rule second = new Rule("second", 2, always(Decision.wakeAt(soon)));
        assertThat(decide(first, second))
                .extracting(one -> one.decision().wakeAt())
                .containsOnly(Optional.of(soon));
        Rule third = new Rule("third", 3, always(Decision.of(List.of(new Change.Check(Table.NODES, "n1", 1)))));
        assertThat(decide(first, second, third))
                .extracting(one -> one.decision().wakeAt(), Round.Decided::reconciler)
                .containsOnly(Tuple.tuple(Optional.of(soon), "third"));
    }

    @Test
    void nothingToDecideIsNotMentioned() {
        assertThat(decide(new Rule("idle", 1, always(Decision.NOTHING)))).isEmpty();
    }

    @Test
    void aRuleThatBreaksOverOneSubjectDoesNotKeepTheOthers() {
        Rule breaks = new Rule("breaks", 1, (cluster, subject, context) -> {
            if (subject.id().equals("a")) {
                throw new IllegalStateException("broken on purpose");
            }
            return Decision.of(List.of(new Change.Put<>(Table.TASKS, taskOf(cluster, subject), 1)));
        });
        List<Round.Decided> decided = decide(breaks);
        assertThat(decided.get(0).broken()).isPresent();
        assertThat(decided.get(0).decision()).isEqualTo(Decision.NOTHING);
        assertThat(decided.get(1).decision().changes()).hasSize(1);
    }
}
