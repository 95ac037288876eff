package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.Enrolment;
import io.skep.api.transport.Transport;
import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.ErrorCode;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.Sensitive;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import io.skep.model.table.Change;
import io.skep.model.table.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in and gets certificates, and who is not. */
class CaServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final ManualLoop loop = new ManualLoop();
    private final MemoryStore store = new MemoryStore();
    private final SimulatedNetwork network = new SimulatedNetwork(loop.open("network")::after);
    private final SimulatedNode self = new SimulatedNode("m1", "swarm", NodeRole.MANAGER, Path.of("unused"));
    private final CaService service = new CaService(
            store, network.manager("m1"), new NamedAuthority(), self, self, loop, loop, new CountingEntropy());
    private final Transport stranger = network.node("", NodeRole.WORKER);

    @BeforeEach
    void found() {
        store.write(
                put(Table.SWARM, Samples.swarm()),
                put(Table.TRUST, Samples.trust()),
                put(Table.NODES, Samples.manager("m1")));
    }

    private Enrolment.Join join(String secret, String key) {
        return new Enrolment.Join(new Sensitive(secret), "request " + key, "10.0.0.7:2377", "abcd1234", loop.now());
    }

    private CompletableFuture<Enrolment.Issued> ask(Transport from, String subject, Object question) {
        CompletionStage<Enrolment.Issued> issued = from.request("m1", subject, Codec.toBytes(question), PATIENCE)
                .thenApply(bytes -> Codec.fromBytes(bytes, Enrolment.Issued.class));
        return issued.toCompletableFuture();
    }

    private Enrolment.Issued joined(Enrolment.Join join) {
        CompletableFuture<Enrolment.Issued> issued = ask(stranger, Enrolment.JOIN, join);
        loop.settle();
        return Await.answer(issued);
    }

    private SkepException refused(Transport from, String subject, Object question) {
        CompletableFuture<Enrolment.Issued> issued = ask(from, subject, question);
        loop.settle();
        return Await.failure(issued);
    }

    private SkepException refused(Enrolment.Join join) {
        return refused(stranger, Enrolment.JOIN, join);
    }

    private Node node(String id) {
        return store.snapshot().find(Table.NODES, id).orElseThrow();
    }

    @Test
    void aWorkersTokenLetsAWorkerIn() {
        Enrolment.Issued issued = joined(join("for-workers", "key"));
        assertThat(issued.role()).isEqualTo(NodeRole.WORKER);
        assertThat(issued.certificate()).isEqualTo("key is WORKER key of swarm for 90 days by root 0\n");
        assertThat(issued.logKey()).isEmpty();
        assertThat(issued.facts().role()).isEqualTo(NodeRole.WORKER);
        assertThat(issued.facts().managers()).hasSize(1);
        assertThat(node("key").memberId()).isEmpty();
        assertThat(node("key").status().addr()).isEqualTo("10.0.0.7:2377");
    }

    @Test
    void aManagersTokenLetsAManagerIn() {
        Enrolment.Issued issued = joined(join("for-managers", "key"));
        assertThat(issued.role()).isEqualTo(NodeRole.MANAGER);
        assertThat(issued.logKey()).isPresent();
        assertThat(node("key").memberId()).contains("key:abcd1234");
        assertThat(node("key").spec().role()).isEqualTo(NodeRole.MANAGER);
    }

    @Test
    void aRepeatedRequestGivesTheSameNode() {
        Enrolment.Issued first = joined(join("for-managers", "key"));
        long version = store.snapshot().version();
        assertThat(joined(join("for-managers", "key"))).isEqualTo(first);
        assertThat(store.snapshot().version()).isEqualTo(version);
    }

    @Test
    void aWrongSecretIsRefusedWithARemedyAndTellsNothing() {
        SkepException failure = refused(join("for-strangers", "key"));
        assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(failure).hasMessageContaining("rotated", "swarm:join-token").hasMessageNotContaining("for-");
        assertThat(store.snapshot().find(Table.NODES, "key")).isEmpty();
    }

    @Test
    void aClockThatIsFarOffIsRefusedWithBothTimes() {
        for (Duration off : List.of(Duration.ofMinutes(61), Duration.ofMinutes(-61))) {
            Instant clock = loop.now().plus(off);
            SkepException failure = refused(new Enrolment.Join(
                    new Sensitive("for-workers"), "request key", "10.0.0.7:2377", "abcd1234", clock));
            assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure)
                    .hasMessageContaining(clock.toString())
                    .hasMessageContaining(loop.now().toString());
        }
        joined(new Enrolment.Join(
                new Sensitive("for-workers"),
                "request key",
                "10.0.0.7:2377",
                "abcd1234",
                loop.now().plus(Duration.ofMinutes(59))));
    }

    @Test
    void aRequestThatIsMalformedIsRefused() {
        assertThat(refused(new Enrolment.Join(
                                new Sensitive("for-workers"), "nonsense", "10.0.0.7:2377", "abcd1234", loop.now()))
                        .code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        for (String address : List.of("", "10.0.0.7", "10.0.0.7:0", "10.0.0.7:99999", "a b:1", "0.0.0.0:2377")) {
            assertThat(refused(new Enrolment.Join(
                                    new Sensitive("for-workers"), "request key", address, "abcd1234", loop.now()))
                            .code())
                    .as(address)
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
        assertThat(refused(new Enrolment.Join(
                        new Sensitive("for-workers"), "request key", "10.0.0.7:1", "ABCD/../", loop.now())))
                .hasMessageContaining("member suffix");
        assertThat(store.snapshot().all(Table.NODES)).hasSize(1);
        joined(join("for-workers", "key"));
    }

    @Test
    void aRequestThatIsTooLargeIsNotEvenRead() {
        assertThat(refused(join("x".repeat(20_000), "key"))).hasMessageContaining("more than the 16384");
    }

    @Test
    void whatIsNoRequestHarmsNobody() {
        CompletableFuture<byte[]> nonsense = stranger.request("m1", Enrolment.JOIN, new byte[] {1, 2, 3}, PATIENCE)
                .toCompletableFuture();
        loop.settle();
        assertThat(Await.failure(nonsense).code()).isEqualTo(ErrorCode.CORRUPT);
        joined(join("for-workers", "key"));
    }

    @Test
    void strangersAreTakenAtALimitedPace() {
        List<CompletableFuture<Enrolment.Issued>> all = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            all.add(ask(stranger, Enrolment.JOIN, join("for-strangers", "key" + i)));
        }
        loop.settle();
        assertThat(all.stream().map(Await::failure).filter(failure -> failure.code() == ErrorCode.EXHAUSTED))
                .hasSize(50);
        loop.pass(Duration.ofSeconds(1));
        joined(join("for-workers", "key"));
    }

    @Test
    void onlySoManyCertificatesAreSignedAtOnce() {
        List<CompletableFuture<Enrolment.Issued>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(ask(stranger, Enrolment.JOIN, join("for-workers", "key" + i)));
        }
        loop.settle();
        assertThat(all.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(36);
        joined(join("for-workers", "key99"));
    }

    @Test
    void aPromotedNodeGetsAManagersCertificateAndItsPlace() {
        joined(join("for-workers", "key"));
        Node worker = node("key");
        NodeSpec promoted = new NodeSpec("", worker.spec().labels(), NodeRole.MANAGER, NodeSpec.Availability.ACTIVE);
        store.write(put(Table.NODES, worker.withSpec(promoted, loop.now())));
        CompletableFuture<Enrolment.Issued> renewal = ask(
                network.node("key", NodeRole.WORKER),
                Enrolment.RENEW,
                new Enrolment.Renew("request new", "efgh5678", NodeRole.WORKER));
        loop.settle();
        Enrolment.Issued issued = Await.answer(renewal);
        assertThat(issued.role()).isEqualTo(NodeRole.MANAGER);
        assertThat(issued.nodeId()).isEqualTo("key");
        assertThat(issued.certificate()).startsWith("new is MANAGER key");
        assertThat(issued.logKey()).isPresent();
        assertThat(node("key").memberId()).contains("key:efgh5678");
    }

    @Test
    void aDemotedNodeStaysAManagerUntilItsMemberIsRemoved() {
        joined(join("for-managers", "key"));
        Node manager = node("key");
        NodeSpec demoted = new NodeSpec("", manager.spec().labels(), NodeRole.WORKER, NodeSpec.Availability.ACTIVE);
        Node leaving = manager.withSpec(demoted, loop.now());
        store.write(put(Table.NODES, leaving));
        assertThat(renewed("key").role()).isEqualTo(NodeRole.MANAGER);
        store.write(put(Table.NODES, leaving.withMember(Optional.empty(), loop.now())));
        Enrolment.Issued issued = renewed("key");
        assertThat(issued.role()).isEqualTo(NodeRole.WORKER);
        assertThat(issued.logKey()).isEmpty();
    }

    @Test
    void aDemotedNodeThatIsPromotedAgainBeforeItNoticesBecomesAWorkerFirst() {
        joined(join("for-managers", "key"));
        store.write(put(Table.NODES, node("key").withMember(Optional.empty(), loop.now())));
        Enrolment.Issued first = renewed("key");
        assertThat(first.role()).isEqualTo(NodeRole.WORKER);
        assertThat(first.facts().role()).isEqualTo(NodeRole.MANAGER);
        assertThat(node("key").memberId()).as("not the one that was removed").isEmpty();
        List<Change> second = EnrolmentPlans.renew(store.snapshot(), loop.now(), "key", NodeRole.WORKER, "ijkl9012");
        store.write(second.toArray(Change[]::new));
        assertThat(node("key").memberId()).contains("key:ijkl9012");
    }

    private Enrolment.Issued renewed(String nodeId) {
        CompletableFuture<Enrolment.Issued> renewal = ask(
                network.node(nodeId, NodeRole.MANAGER),
                Enrolment.RENEW,
                new Enrolment.Renew("request " + nodeId, "efgh5678", NodeRole.MANAGER));
        loop.settle();
        return Await.answer(renewal);
    }

    @Test
    void aNodeThatWasRemovedGetsNothing() {
        store.write(put(Table.TRUST, Samples.revoked(Samples.trust(), "gone")));
        SkepException failure = refused(
                network.node("gone", NodeRole.WORKER),
                Enrolment.RENEW,
                new Enrolment.Renew("request gone", "abcd1234", NodeRole.WORKER));
        assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(failure).hasMessageContaining("removed", "join again");
        assertThat(refused(join("for-workers", "gone")).code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refused(
                                network.node("never-there", NodeRole.WORKER),
                                Enrolment.RENEW,
                                new Enrolment.Renew("request x", "abcd1234", NodeRole.WORKER))
                        .code())
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void strangersCannotRenew() {
        assertThat(refused(stranger, Enrolment.RENEW, new Enrolment.Renew("request x", "abcd1234", NodeRole.WORKER))
                        .code())
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void whoeverWaitsWhenTheServiceStopsIsTold() {
        store.hold();
        CompletableFuture<Enrolment.Issued> waiting = ask(stranger, Enrolment.JOIN, join("for-workers", "key"));
        loop.settle();
        service.stop();
        assertThat(Await.failure(waiting).code()).isEqualTo(ErrorCode.PART_MISSING);
    }
}
