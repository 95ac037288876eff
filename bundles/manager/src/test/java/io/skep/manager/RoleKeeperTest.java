package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.api.store.Epoch;
import io.skep.api.store.Quorum;
import io.skep.contracts.consensus.SimulatedConsensus;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The members of a consensus follow the roles of the nodes. */
class RoleKeeperTest {
    private final ManualLoop loop = new ManualLoop();
    private final MemoryStore store = new MemoryStore();
    private final SimulatedConsensus consensus = new SimulatedConsensus();
    private final Group group = open("m1", List.of(SimulatedNode.memberOf("m1")));
    private final RoleKeeper keeper = new RoleKeeper(
            store, new GroupQuorum(group), new SimulatedNode("m1", "swarm", NodeRole.MANAGER, Path.of("unused")), loop);

    private record GroupQuorum(Group group) implements Quorum {
        @Override
        public List<String> members() {
            return group.members();
        }

        @Override
        public CompletionStage<Void> add(String memberId) {
            return group.add(memberId);
        }

        @Override
        public CompletionStage<Void> remove(String memberId) {
            return group.remove(memberId);
        }

        @Override
        public CompletionStage<Void> transfer(String memberId) {
            return group.transfer(memberId);
        }

        @Override
        public Epoch epoch() {
            return new Epoch(1, "simulated", "swarm", group.members());
        }

        @Override
        public CompletionStage<Epoch> move(String engine) {
            throw new UnsupportedOperationException("roles do not move the swarm");
        }

        @Override
        public CompletionStage<Epoch> recover(Function<Snapshot, List<Change>> plan) {
            throw new UnsupportedOperationException("roles recover nothing");
        }
    }

    private Group open(String nodeId, List<String> founders) {
        return consensus.open(
                new GroupConfig("swarm", SimulatedNode.memberOf(nodeId), Path.of(nodeId), founders), new Nothing());
    }

    /** What the members agree on does not matter here. */
    private static final class Nothing implements StateMachine {
        @Override
        public byte[] apply(long index, byte[] command) {
            return new byte[0];
        }

        @Override
        public void save(OutputStream out) {
            // there is no state
        }

        @Override
        public void load(InputStream in) {
            // there is no state
        }
    }

    @BeforeEach
    void found() {
        store.write(put(Table.SWARM, Samples.swarm()), put(Table.NODES, ready("m1")));
        store.lead(1);
        loop.settle();
    }

    private static Node ready(String id) {
        return Samples.manager(id)
                .withStatus(Optional.empty(), new NodeStatus(NodeStatus.State.READY, "", "10.0.0.1:2377"), Samples.NOW);
    }

    private void join(String id) {
        store.write(put(Table.NODES, ready(id)));
    }

    private void demote(String id) {
        Node node = node(id);
        NodeSpec worker = new NodeSpec("", Map.of(), NodeRole.WORKER, NodeSpec.Availability.ACTIVE);
        store.write(put(Table.NODES, node.withSpec(worker, Samples.NOW)));
        loop.settle();
    }

    private Node node(String id) {
        return store.snapshot().find(Table.NODES, id).orElseThrow();
    }

    private static List<String> members(String... nodes) {
        return List.of(nodes).stream().map(SimulatedNode::memberOf).toList();
    }

    @Test
    void managersThatJoinGetAVoteOneAfterAnother() {
        open("m2", List.of());
        open("m3", List.of());
        join("m2");
        join("m3");
        loop.settle();
        assertThat(group.members()).isEqualTo(members("m1", "m2", "m3"));
    }

    @Test
    void aManagerWhoseStoreDoesNotComeHoldsUpNobody() {
        join("m2");
        loop.settle();
        open("m3", List.of());
        join("m3");
        loop.pass(Duration.ofSeconds(30));
        assertThat(group.members()).isEqualTo(members("m1", "m3"));
        open("m2", List.of());
        loop.pass(Duration.ofSeconds(30));
        assertThat(group.members()).isEqualTo(members("m1", "m2", "m3"));
    }

    @Test
    void aDemotedManagerBecomesAWorkerWhenConsensusGoesOnWithoutIt() {
        managersThatJoinGetAVoteOneAfterAnother();
        demote("m3");
        assertThat(group.members()).isEqualTo(members("m1", "m2"));
        assertThat(node("m3").memberId()).isEmpty();
        assertThat(NodeFacts.role(node("m3"))).isEqualTo(NodeRole.WORKER);
    }

    @Test
    void aDemotedLeaderLetsAnotherLeadAndLeavesTheRestToIt() {
        managersThatJoinGetAVoteOneAfterAnother();
        demote("m1");
        assertThat(group.leadership().local()).isFalse();
        assertThat(group.members()).contains(SimulatedNode.memberOf("m1"));
        assertThat(node("m1").memberId()).isPresent();
    }

    @Test
    void whoeverDoesNotLeadChangesNothing() {
        open("m2", List.of());
        store.loseLead();
        join("m2");
        loop.pass(Duration.ofMinutes(1));
        assertThat(group.members()).isEqualTo(members("m1"));
        keeper.stop();
    }
}
