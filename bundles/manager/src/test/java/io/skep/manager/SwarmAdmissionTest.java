package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skep.api.identity.SwarmFacts;
import io.skep.api.transport.Peer;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.SkepException;
import io.skep.model.table.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom a node listens to though the certificate is good. */
class SwarmAdmissionTest {
    private final SimulatedNode self = new SimulatedNode("m1", "swarm", NodeRole.MANAGER, Path.of("unused"));
    private final SwarmAdmission admission = new SwarmAdmission(self);
    private final MemoryStore store = new MemoryStore();

    private static Peer manager(String nodeId) {
        return new Peer(nodeId, NodeRole.MANAGER, "10.0.0.7");
    }

    private void forbidden(Peer peer) {
        assertThatThrownBy(() -> admission.admit(peer)).isInstanceOfSatisfying(SkepException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure).hasMessageContaining("removed", "join again");
        });
    }

    private static Node worker(String id) {
        Node node = Samples.node(id);
        return node.withSpec(new NodeSpec("", Map.of(), NodeRole.WORKER, NodeSpec.Availability.ACTIVE), Samples.NOW);
    }

    @Test
    void aWorkerListensToNobodyWhomTheLeaderCallsRemoved() {
        SwarmFacts facts = self.facts();
        self.learn(new SwarmFacts(facts.managers(), facts.gossipKeys(), facts.roots(), facts.role(), List.of("gone")));
        forbidden(manager("gone"));
        assertThat(admission.admit(manager("m2"))).isEqualTo(manager("m2"));
    }

    @Test
    void aManagerLooksAtItsOwnState() {
        admission.bindStore(store);
        store.write(put(Table.TRUST, Samples.revoked(Samples.trust(), "gone")));
        forbidden(manager("gone"));
        admission.unbindStore(store);
        assertThat(admission.admit(manager("gone"))).isEqualTo(manager("gone"));
    }

    @Test
    void aDemotedNodeIsAWorkerWhateverItsCertificateSays() {
        admission.bindStore(store);
        store.write(put(Table.NODES, worker("w1")), put(Table.NODES, Samples.manager("m2")));
        store.lead(1);
        assertThat(admission.admit(manager("w1")).role()).isEqualTo(NodeRole.WORKER);
        assertThat(admission.admit(manager("m2")).role()).isEqualTo(NodeRole.MANAGER);
    }

    @Test
    void whoeverKnowsNoLeaderOrIsToldByItThatItLeadsDoesNotLowerItsRole() {
        admission.bindStore(store);
        store.write(put(Table.NODES, worker("w1")));
        assertThat(admission.admit(manager("w1")).role()).isEqualTo(NodeRole.MANAGER);
        store.follow(7, "w1:00000001");
        assertThat(admission.admit(manager("w1")).role()).isEqualTo(NodeRole.MANAGER);
    }

    @Test
    void whoeverIsNotKnownYetIsLeftToItsCertificate() {
        admission.bindStore(store);
        store.lead(1);
        assertThat(admission.admit(manager("new"))).isEqualTo(manager("new"));
        Peer stranger = new Peer("", NodeRole.WORKER, "10.0.0.7");
        assertThat(admission.admit(stranger)).isEqualTo(stranger);
    }
}
