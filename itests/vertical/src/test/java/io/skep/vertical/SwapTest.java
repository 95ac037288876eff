package io.skep.vertical;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.store.Transaction;
import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeStatus;
import io.skep.model.Service;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import io.skep.parts.Nodes;
import io.skep.parts.Specs;
import io.skep.strategy.binpack.BinpackStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parts are stopped and started under running services. */
class SwapTest {
    private final Vertical swarm = new Vertical();

    @AfterEach
    void stop() {
        swarm.close();
    }

    private Set<String> containers() {
        return swarm.thread.call(() -> Set.copyOf(swarm.worker.containers()));
    }

    /** Whatever was done, the same tasks run in the same containers, and nothing is called a failure. */
    private void unharmed(Service web, List<Task> before) {
        Service probe = swarm.create(Specs.service("probe", 1, "probe:1", List.of(), List.of()));
        Task probed = swarm.running(probe, 1).get(0);
        assertThat(swarm.running(web, before.size()))
                .extracting(Task::id)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(Task::id).toList());
        assertThat(Vertical.failed(swarm.snapshot(), web)).isEmpty();
        Set<String> expected = before.stream().map(Task::id).collect(Collectors.toSet());
        expected.add(probed.id());
        assertThat(containers()).isEqualTo(expected);
        Await.answer(swarm.cluster().removeService("", probe.id()));
        swarm.until("the probe is gone", cluster -> cluster.find(Table.SERVICES, probe.id())
                .isEmpty());
        swarm.untilHost("its container too", () -> swarm.worker.containers().size() == before.size());
    }

    @Test
    void anotherAgentTakesTheContainersOver() {
        Service web = swarm.create(Specs.web(3));
        List<Task> before = swarm.running(web, 3);
        for (int i = 0; i < 5; i++) {
            swarm.swapAgent();
        }
        unharmed(web, before);
    }

    @Test
    void anotherAgentSeesWhatEndedMeanwhile() {
        Service web = swarm.create(Specs.web(1));
        Task first = swarm.running(web, 1).get(0);
        swarm.worker.stopAgent();
        swarm.worker.meddle(host -> host.crash(first.id(), 7, Instant.now()));
        swarm.worker.startAgent();
        swarm.until("another task runs", cluster -> Vertical.running(cluster, web).stream()
                .anyMatch(task -> !task.id().equals(first.id())));
        assertThat(swarm.snapshot().status(first.id()).orElseThrow().err()).contains("(7)");
    }

    @Test
    void anotherRuntimeTakesTheContainersOver() {
        Service web = swarm.create(Specs.web(3));
        List<Task> before = swarm.running(web, 3);
        for (int i = 0; i < 5; i++) {
            swarm.worker.stopRuntime();
            swarm.worker.startRuntime();
        }
        unharmed(web, before);
    }

    @Test
    void tasksWaitForTheRuntimeAndTheDriver() {
        swarm.worker.stopRuntime();
        swarm.worker.stopDriver();
        Service web = swarm.create(Specs.web(2));
        swarm.until(
                "tasks are assigned",
                cluster -> cluster.tasksOfService(web.id()).stream()
                                .filter(Task::assigned)
                                .count()
                        == 2);
        assertThat(containers()).isEmpty();
        swarm.worker.startRuntime();
        swarm.worker.startDriver();
        unharmed(web, swarm.running(web, 2));
    }

    @Test
    void anotherStoreOnTheSameLogHasEverything() {
        Service web = swarm.create(Specs.web(3));
        List<Task> before = swarm.running(web, 3);
        for (int i = 0; i < 3; i++) {
            swarm.stopStore();
            swarm.startStore();
        }
        swarm.until("the log was read", cluster -> cluster.find(Table.SERVICES, web.id())
                .isPresent());
        unharmed(web, before);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWER_LOST", "COMMAND_LOST"})
    void aRequestUnderWayWhenTheStoreClosesAppliesOnceWhenItIsRepeated(ThreadedConsensus.Trouble trouble) {
        swarm.consensus.trouble(trouble);
        CompletionStage<Service> underWay = swarm.cluster().createService("r1", Specs.web(1));
        AtomicBoolean synced = new AtomicBoolean();
        swarm.store().store().sync().thenAccept(snapshot -> synced.set(true));
        swarm.untilHost("the request has been planned", synced::get);
        swarm.stopStore();
        SkepException failure = Await.failure(underWay);
        assertThat(failure.code()).isEqualTo(ErrorCode.PART_MISSING);
        swarm.consensus.trouble(ThreadedConsensus.Trouble.NONE);
        swarm.startStore();
        Service web = Await.answer(swarm.cluster().createService("r1", Specs.web(1)));
        assertThat(Await.answer(swarm.cluster().createService("r1", Specs.web(1)))
                        .id())
                .isEqualTo(web.id());
        assertThat(swarm.snapshot().all(Table.SERVICES)).hasSize(1);
        swarm.running(web, 1);
    }

    @Test
    void aRequestAfterTheStoreClosedIsUnavailable() {
        var before = swarm.cluster();
        swarm.stopStore();
        assertThat(Await.failure(before.createService("", Specs.web(1))).code()).isEqualTo(ErrorCode.PART_MISSING);
        swarm.startStore();
    }

    @Test
    void strategiesAreSwitchedWhileServicesRun() {
        Worker second = join("n2");
        Service spread = swarm.create(Specs.service("spread", 4, "web:1", List.of(), List.of()));
        assertThat(perNode(swarm.running(spread, 4))).isEqualTo(Map.of("n1", 2L, "n2", 2L));
        Await.answer(swarm.cluster().useStrategy("", "binpack"));
        Service packed = swarm.create(Specs.service("packed", 4, "web:1", List.of(), List.of()));
        assertThat(perNode(swarm.running(packed, 4))).hasSize(1).containsValue(4L);
        swarm.scheduler.unbindStrategy(new BinpackStrategy(), Vertical.named("binpack"));
        assertThat(Await.failure(swarm.cluster().useStrategy("", "nonsense"))).hasMessageContaining("there are");
        second.stopAgent();
    }

    @Test
    void aStrategyThatGoesIsReplacedByTheOneThereIs() {
        BinpackStrategy extra = new BinpackStrategy();
        swarm.scheduler.bindStrategy(extra, Vertical.named("extra"));
        Await.answer(swarm.cluster().useStrategy("", "extra"));
        swarm.running(swarm.create(Specs.web(1)), 1);
        swarm.scheduler.unbindStrategy(extra, Vertical.named("extra"));
        swarm.running(swarm.create(Specs.service("after", 2, "web:1", List.of(), List.of())), 2);
        assertThat(Await.failure(swarm.cluster().useStrategy("", "extra"))).hasMessageContaining("binpack, spread");
    }

    private static Map<String, Long> perNode(List<Task> tasks) {
        return tasks.stream().collect(Collectors.groupingBy(Task::nodeId, Collectors.counting()));
    }

    private Worker join(String nodeId) {
        SimulatedNode joining = Nodes.worker(nodeId, "n1");
        Node node = Nodes.row(joining, Instant.now());
        Await.answer(swarm.store()
                .store()
                .commit(new Transaction("", 0, List.of(new Change.Put<>(Table.NODES, node, Change.ABSENT)))));
        Worker worker = new Worker(joining, swarm.network.node(nodeId, NodeRole.WORKER), swarm.kernel, swarm.thread);
        worker.startAgent();
        swarm.until("both nodes are ready", cluster -> cluster.all(Table.NODES).stream()
                .allMatch(one -> one.status().state() == NodeStatus.State.READY));
        return worker;
    }
}
