package io.skep.contracts.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Subscription;
import io.skep.api.identity.SwarmFacts;
import io.skep.model.NodeRole;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SimulatedNodeTest {
    private static final Path UNUSED = Path.of("unused");

    @Test
    void aManagerIsItsSwarmsFounderAndAWorkerIsNot() {
        SimulatedNode manager = new SimulatedNode("one", "swarm", NodeRole.MANAGER, UNUSED);
        SimulatedNode worker = new SimulatedNode("two", "swarm", NodeRole.WORKER, UNUSED);

        assertThat(manager.foundingMembers()).containsExactly(manager.memberId());
        assertThat(manager.transportAddress()).isEqualTo("127.0.0.1:2377");
        assertThat(worker.foundingMembers()).isEmpty();
        assertThat(worker.facts().gossipKeys()).isEqualTo(manager.facts().gossipKeys());
        assertThat(worker.logKey()).isEqualTo(manager.logKey()).hasSize(32);
    }

    @Test
    void tellsOfWhatIsNewOnlyAndOnlyWhileSomebodyListens() {
        SimulatedNode node = new SimulatedNode("one", "swarm", NodeRole.MANAGER, UNUSED);
        AtomicInteger told = new AtomicInteger();
        Subscription subscription = node.onChange(told::incrementAndGet);
        SwarmFacts known = node.facts();
        SwarmFacts demoted =
                new SwarmFacts(known.managers(), known.gossipKeys(), known.roots(), NodeRole.WORKER, List.of());

        node.learn(known);
        assertThat(told).hasValue(0);
        node.learn(demoted);
        assertThat(told).hasValue(1);
        assertThat(node.facts()).isEqualTo(demoted);
        subscription.close();
        subscription.close();
        node.learn(known);
        assertThat(told).hasValue(1);
    }
}
