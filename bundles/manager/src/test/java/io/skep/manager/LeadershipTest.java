package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.kernel.Entropy;
import io.skep.api.orchestration.Context;
import io.skep.api.orchestration.Decision;
import io.skep.api.orchestration.Reconciler;
import io.skep.api.orchestration.Subject;
import io.skep.api.scheduling.Placement;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.store.Transaction;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.Service;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the leader's loops do when the lead comes and goes, when commits conflict, and when they are stopped. */
class LeadershipTest {
    private final ManualLoop loop = new ManualLoop();
    private final MemoryStore store = new MemoryStore();
    private final Service web = Samples.service("web", "");
    private final List<Subject> asked = new ArrayList<>();
    private final Entropy entropy = new Entropy() {
        @Override
        public String newId() {
            return "id";
        }

        @Override
        public long below(long bound) {
            return 0;
        }
    };

    /** Makes one task for the service, and no second. */
    private final Reconciler oneTask = new Reconciler() {
        @Override
        public String name() {
            return "one-task";
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Decision decide(Snapshot cluster, Subject subject, Context context) {
            asked.add(subject);
            boolean wanted = subject instanceof Subject.OfService
                    && cluster.find(Table.SERVICES, subject.id()).isPresent()
                    && cluster.tasksOfService(subject.id()).isEmpty();
            return wanted
                    ? Decision.of(List.of(
                            new Change.Check(Table.SERVICES, "web", cluster.versionOf(Table.SERVICES, "web")),
                            new Change.Put<>(Table.TASKS, Samples.task("t1", web, ""), Change.ABSENT)))
                    : Decision.NOTHING;
        }
    };

    private final Scheduler scheduler = new Scheduler() {
        @Override
        public List<Placement> place(Snapshot cluster, Collection<Task> pending, Instant now) {
            return pending.stream()
                    .map(task -> new Placement(task.id(), "n1", ""))
                    .toList();
        }

        @Override
        public List<String> strategies() {
            return List.of("only");
        }
    };

    private Reconciliation reconciliation() {
        Reconciliation made = new Reconciliation(store, loop, loop, entropy);
        made.bindReconciler(oneTask);
        loop.settle();
        return made;
    }

    private List<Long> terms() {
        return store.transactions().stream().map(Transaction::term).toList();
    }

    @Test
    void onlyTheLeaderDecides() {
        store.write(put(Table.SERVICES, web));
        reconciliation();
        assertThat(asked).isEmpty();
        store.lead(3);
        loop.settle();
        assertThat(store.snapshot().find(Table.TASKS, "t1")).isPresent();
        assertThat(terms()).containsOnly(3L);
    }

    @Test
    void aDecisionIsCommittedInTheTermInWhichItWasMade() {
        store.write(put(Table.SERVICES, web));
        reconciliation();
        store.lead(3);
        loop.drain();
        assertThat(loop.effects()).isEqualTo(1);
        store.loseLead();
        loop.settle();
        assertThat(terms()).containsExactly(3L);
    }

    @Test
    void aDeposedLeadersDecisionsAreRefusedAndMadeAnewWhenItLeadsAgain() {
        store.write(put(Table.SERVICES, web));
        reconciliation();
        store.lead(3);
        loop.drain();
        store.lead(4);
        loop.settle();
        loop.pass(Duration.ofSeconds(1));
        assertThat(terms()).containsExactly(3L, 4L);
        assertThat(store.snapshot().find(Table.TASKS, "t1")).isPresent();
    }

    @Test
    void aConflictIsDecidedAgain() {
        store.write(put(Table.SERVICES, web));
        reconciliation();
        store.lead(3);
        loop.drain();
        store.hold();
        loop.settle();
        store.release();
        store.write(put(Table.SERVICES, web));
        loop.pass(Duration.ofSeconds(1));
        assertThat(store.snapshot().find(Table.TASKS, "t1")).isPresent();
    }

    @Test
    void whatChangesDuringARoundIsLookedAtInTheNext() {
        reconciliation();
        store.lead(3);
        loop.settle();
        store.write(put(Table.NODES, Samples.node("n1")));
        loop.drain();
        store.write(put(Table.SERVICES, web));
        loop.settle();
        assertThat(asked).contains(new Subject.OfNode("n1"), new Subject.OfService("web"));
    }

    @Test
    void aRuleThatBreaksIsAskedAgainLater() {
        store.write(put(Table.SERVICES, web), put(Table.NODES, Samples.node("n1")));
        Reconciliation made = reconciliation();
        boolean[] broken = {true};
        made.bindReconciler(new Reconciler() {
            @Override
            public String name() {
                return "breaks";
            }

            @Override
            public int order() {
                return 0;
            }

            @Override
            public Decision decide(Snapshot cluster, Subject subject, Context context) {
                if (broken[0] && subject.id().equals("web")) {
                    throw new IllegalStateException("broken on purpose");
                }
                return Decision.NOTHING;
            }
        });
        store.lead(3);
        loop.settle();
        assertThat(asked).containsExactly(new Subject.OfNode("n1"));
        broken[0] = false;
        loop.pass(Duration.ofSeconds(2));
        assertThat(store.snapshot().find(Table.TASKS, "t1")).isPresent();
    }

    @Test
    void aPlacementIsCommittedInTheTermInWhichItWasMade() {
        store.write(put(Table.SERVICES, web), put(Table.TASKS, Samples.task("t1", web, "")));
        Assigner assigner = new Assigner(store, scheduler, loop, loop);
        store.lead(3);
        loop.drain();
        store.loseLead();
        loop.settle();
        assertThat(terms()).containsExactly(3L);
        assigner.stop();
    }

    @Test
    void aTaskIsPlacedOnceAndAgainAfterAConflict() {
        store.write(put(Table.SERVICES, web), put(Table.TASKS, Samples.task("t1", web, "")));
        Assigner assigner = new Assigner(store, scheduler, loop, loop);
        store.lead(3);
        loop.drain();
        store.write(put(Table.TASKS, Samples.task("t1", web, "").withPendingReason("changed meanwhile")));
        loop.pass(Duration.ofSeconds(1));
        assertThat(store.snapshot().find(Table.TASKS, "t1").orElseThrow().nodeId())
                .isEqualTo("n1");
        assertThat(store.transactions()).hasSize(2);
        assigner.stop();
    }

    @Test
    void nothingIsHeldAfterAStop() {
        Reconciliation reconciliation = reconciliation();
        Assigner assigner = new Assigner(store, scheduler, loop, loop);
        AgentDispatcher dispatcher =
                new AgentDispatcher(store, new SimulatedNetwork().manager("m1"), loop, new Issuers());
        loop.settle();
        assertThat(store.watching()).isEqualTo(6);
        reconciliation.stop();
        assigner.stop();
        dispatcher.stop();
        loop.settle();
        assertThat(store.watching()).isZero();
    }
}
