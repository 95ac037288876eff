package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.contracts.Await;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.NodeDescription;
import io.skep.model.NodeRole;
import io.skep.model.NodeStatus;
import io.skep.model.Service;
import io.skep.model.SkepException;
import io.skep.model.SwarmSpec;
import io.skep.model.Task;
import io.skep.model.table.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;

/** A dispatcher that leads, and an agent of its swarm. */
abstract class DispatcherBench {
    static final NodeDescription OTHER = new NodeDescription(
            "other",
            Samples.DESCRIPTION.platform(),
            Samples.DESCRIPTION.resources(),
            "2",
            Map.of(),
            List.of(),
            List.of());
    static final Duration BEAT = SwarmSpec.STANDARD.heartbeatPeriod();
    final ManualLoop loop = new ManualLoop();
    final MemoryStore store = new MemoryStore();
    final SimulatedNetwork network = new SimulatedNetwork(loop.open("network")::after);
    final Issuers issuers = new Issuers();
    final ScriptedGossip gossip = new ScriptedGossip();
    final AgentDispatcher dispatcher = new AgentDispatcher(store, network.manager("m1"), loop, issuers);
    final ScriptedAgent agent = agent("n1");
    final Service web = Samples.service("web", "");
    final Task task = Samples.task("t1", web, "n1");

    ScriptedAgent agent(String nodeId) {
        return new ScriptedAgent(network.node(nodeId, NodeRole.WORKER), "m1");
    }

    @BeforeEach
    void lead() {
        store.write(put(Table.NODES, Samples.node("n1")), put(Table.SERVICES, web), put(Table.TASKS, task));
        store.lead(3);
        loop.settle();
    }

    <A> A settled(CompletableFuture<A> answer) {
        loop.settle();
        return Await.answer(answer);
    }

    SkepException refused(CompletableFuture<?> answer) {
        loop.settle();
        return Await.failure(answer);
    }

    void open(String sessionId) {
        assertThat(settled(agent.open(sessionId, Samples.DESCRIPTION)).accepted())
                .isTrue();
    }

    NodeStatus status(String nodeId) {
        return store.snapshot().find(Table.NODES, nodeId).orElseThrow().status();
    }

    NodeStatus.State state() {
        return status("n1").state();
    }

    /** Beats as an agent does. */
    void beats(String sessionId, int times) {
        for (int i = 0; i < times; i++) {
            settled(agent.beat(sessionId));
            loop.pass(BEAT);
        }
    }
}
