package io.skep.manager;

import static io.skep.manager.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.identity.SwarmFacts;
import io.skep.api.stack.StackData;
import io.skep.api.stack.StackSpec;
import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.model.DataSpec;
import io.skep.model.ErrorCode;
import io.skep.model.JoinToken;
import io.skep.model.Network;
import io.skep.model.Node;
import io.skep.model.NodeRole;
import io.skep.model.NodeSpec;
import io.skep.model.NodeStatus;
import io.skep.model.Revocation;
import io.skep.model.Secret;
import io.skep.model.Sensitive;
import io.skep.model.Service;
import io.skep.model.SwarmSpec;
import io.skep.model.TaskState;
import io.skep.model.Trust;
import io.skep.model.UnlockKey;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that come at once, and requests that are repeated. */
class RequestsTest {
    private final ManualLoop loop = new ManualLoop();
    private final MemoryStore store = new MemoryStore();
    private final SimulatedNode self = new SimulatedNode("m1", "swarm", NodeRole.MANAGER, Path.of("unused"));
    private final RecoveringQuorum quorum = new RecoveringQuorum();
    private final ControlApi control = api(store);

    private ControlApi api(MemoryStore on) {
        return new ControlApi(on, quorum, self, new NamedAuthority(), loop, loop, new CountingEntropy());
    }

    @BeforeEach
    void found() {
        store.write(put(Table.SWARM, Samples.swarm()), put(Table.TRUST, Samples.trust()));
    }

    private CompletionStage<Service> create(String request, String spec) {
        return control.createService(request, SpecText.of(spec).service());
    }

    @Test
    void ofTwoServicesOfOneNameCreatedAtOnceOneIsRefused() {
        store.hold();
        CompletionStage<Service> first = create("", "web");
        CompletionStage<Service> second = create("", "web");
        store.release();
        assertThat(Await.answer(first).spec().name()).isEqualTo("web");
        assertThat(Await.failure(second).code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
    }

    @Test
    void ofTwoServicesWithOnePortCreatedAtOnceOneIsRefused() {
        store.hold();
        CompletionStage<Service> first = create("", "a ports=80:80");
        CompletionStage<Service> second = create("", "b ports=80:80");
        store.release();
        Await.answer(first);
        assertThat(Await.failure(second)).hasMessageContaining("already published by service a");
    }

    @Test
    void twoNetworksCreatedAtOnceHaveSubnetsOfTheirOwn() {
        store.hold();
        CompletionStage<Network> first =
                control.createNetwork("", SpecText.of("a").network());
        CompletionStage<Network> second =
                control.createNetwork("", SpecText.of("b").network());
        store.release();
        assertThat(Await.answer(second).subnet())
                .isNotEqualTo(Await.answer(first).subnet());
    }

    @Test
    void aNetworkIsNotRemovedUnderAServiceThatIsBeingCreated() {
        Network network =
                Await.answer(control.createNetwork("", SpecText.of("a").network()));
        store.hold();
        CompletionStage<Service> service = create("", "web networks=a");
        CompletionStage<Void> removal = control.removeNetwork("", network.id());
        store.release();
        Await.answer(service);
        assertThat(Await.failure(removal).code()).isEqualTo(ErrorCode.IN_USE);
    }

    @Test
    void manyAtOnceAllComeThrough() {
        store.hold();
        List<CompletionStage<Service>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(create("", "service-" + i));
        }
        store.release();
        all.forEach(Await::answer);
        assertThat(store.snapshot().all(Table.SERVICES)).hasSize(30);
    }

    @Test
    void aRepeatedRequestAppliesOnceAndAnswersTheSame() {
        Service first = Await.answer(create("r1", "web"));
        Service again = Await.answer(create("r1", "web"));
        assertThat(again).isEqualTo(first);
        assertThat(Await.failure(create("r2", "web")).code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
    }

    @Test
    void aRequestRepeatedWhileTheFirstIsUnderWayAppliesOnce() {
        store.hold();
        CompletionStage<Service> first = create("r1", "web");
        CompletionStage<Service> again = create("r1", "web");
        store.release();
        assertThat(Await.answer(again).id()).isEqualTo(Await.answer(first).id());
        assertThat(store.snapshot().all(Table.SERVICES)).hasSize(1);
    }

    @Test
    void aStaleVersionIsRefusedAndNotTriedAgain() {
        Service web = Await.answer(create("", "web"));
        long seen = store.snapshot().versionOf(Table.SERVICES, web.id());
        Await.answer(control.updateService(
                "", web.id(), seen, SpecText.of("web replicas=2").service()));
        CompletionStage<Service> stale = control.updateService(
                "", web.id(), seen, SpecText.of("web replicas=3").service());
        assertThat(Await.failure(stale).code()).isEqualTo(ErrorCode.OUT_OF_SEQUENCE);
        Await.answer(control.updateService(
                "", web.id(), Change.ANY, SpecText.of("web replicas=4").service()));
    }

    @Test
    void aStackThatIsAsAskedChangesNothing() {
        StackSpec stack = new StackSpec(
                "shop", List.of(), List.of(SpecText.of("shop_web stack=shop").service()));
        assertThat(Await.answer(control.deployStack("", stack, true))).containsExactly("Creating service shop_web");
        long version = store.snapshot().version();
        assertThat(Await.answer(control.deployStack("", stack, true))).isEmpty();
        assertThat(store.snapshot().version()).isEqualTo(version);
    }

    private static StackSpec withSecret(String content) {
        String data = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        DataSpec spec = new DataSpec("shop_key", Map.of(StackSpec.LABEL, "shop"));
        return new StackSpec(
                "shop",
                List.of(),
                List.of(new StackData(spec, new Sensitive(data))),
                List.of(),
                List.of(SpecText.of("shop_web stack=shop").service()));
    }

    @Test
    void aStackBringsItsSecretsAndTakesThemWithIt() {
        assertThat(Await.answer(control.deployStack("", withSecret("a"), true)))
                .containsExactly("Creating secret shop_key", "Creating service shop_web");
        assertThat(Await.answer(control.deployStack("", withSecret("a"), true))).isEmpty();
        assertThat(Await.failure(control.deployStack("", withSecret("b"), true)))
                .hasMessageContaining("secret shop_key has another content");
        assertThat(Await.answer(control.removeStack("", "shop")))
                .containsExactly("Removing secret shop_key", "Removing service shop_web");
        assertThat(store.snapshot().all(Table.SECRETS)).isEmpty();
    }

    @Test
    void aStrategyIsChosenAmongThoseThereAre() {
        assertThat(Await.failure(control.useStrategy("", "spread")).code()).isEqualTo(ErrorCode.PART_MISSING);
    }

    @Test
    void beforeTheSwarmIsFoundedRequestsAreToldToWait() {
        ControlApi early = api(new MemoryStore());
        assertThat(Await.failure(early.createService("", SpecText.of("web").service()))
                        .code())
                .isEqualTo(ErrorCode.NO_LEADER);
    }

    @Test
    void tokensCarryTheRootsDigestAndTheRolesSecret() {
        assertThat(Await.answer(control.joinToken(NodeRole.WORKER)).text()).isEqualTo("SWMTKN-1-root-0-for-workers");
        JoinToken before = Await.answer(control.joinToken(NodeRole.MANAGER));
        JoinToken after = Await.answer(control.rotateJoinToken("r1", NodeRole.MANAGER));
        assertThat(after.secret().value())
                .matches("[0-9a-z]{25}")
                .isNotEqualTo(before.secret().value());
        assertThat(Await.answer(control.rotateJoinToken("r1", NodeRole.MANAGER)))
                .as("a repeated request")
                .isEqualTo(after);
        assertThat(Await.answer(control.joinToken(NodeRole.WORKER)).text()).isEqualTo("SWMTKN-1-root-0-for-workers");
    }

    @Test
    void lockingTheSwarmGivesAKey() {
        assertThat(Await.answer(control.unlockKey())).isEmpty();
        SwarmSpec locked = new SwarmSpec("spread", 5, Duration.ofMillis(400), Duration.ofDays(90), true);
        Await.answer(control.updateSwarm("", Change.ANY, locked));
        UnlockKey first = Await.answer(control.unlockKey()).orElseThrow();
        UnlockKey second = Await.answer(control.rotateUnlockKey(""));
        assertThat(second.text()).startsWith("SKEPKEY-1-").isNotEqualTo(first.text());
        assertThat(Await.answer(control.unlockKey())).contains(second);
    }

    @Test
    void anotherRootIsCrossSignedByTheFormer() {
        CompletionStage<String> rotated = control.rotateCa("");
        loop.settle();
        assertThat(Await.answer(rotated)).isEqualTo("root 1\n");
        Trust trust = store.snapshot().trust().orElseThrow();
        assertThat(trust.formerRoots()).containsExactly("root 0\n");
        assertThat(trust.crossSigned()).isEqualTo("root 1 by root 0\n");
    }

    @Test
    void ofASecretBeingRemovedAndOneMoreServiceReadingItOneIsRefused() {
        Secret secret = Await.answer(control.createSecret("", new DataSpec("password", Map.of()), new byte[] {1}));
        Service web = Await.answer(create("", "web"));
        store.hold();
        CompletionStage<Void> removal = control.removeSecret("", "password");
        CompletionStage<Service> update = control.updateService(
                "", web.id(), Change.ANY, SpecText.of("web secrets=password").service());
        store.release();
        Await.answer(removal);
        assertThat(Await.failure(update).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(store.snapshot().find(Table.SECRETS, secret.id())).isEmpty();
    }

    @Test
    void aManagerThatStepsDownWaitsUntilItIsLetGo() {
        store.write(put(Table.NODES, ready("m1")), put(Table.NODES, ready("m2")));
        CompletionStage<Void> down = control.stepDown("");
        loop.settle();
        assertThat(down.toCompletableFuture()).isNotDone();
        assertThat(store.snapshot().find(Table.NODES, "m1").orElseThrow().spec().role())
                .isEqualTo(NodeRole.WORKER);
        SwarmFacts facts = self.facts();
        self.learn(
                new SwarmFacts(facts.managers(), facts.gossipKeys(), facts.roots(), NodeRole.WORKER, facts.revoked()));
        assertThat(down.toCompletableFuture()).isCompleted();
    }

    @Test
    void whoeverGoesOnAloneRemovesTheOtherManagersAndNothingElse() {
        Service web = Samples.service("web", "web");
        store.write(
                put(Table.NODES, ready("m1")),
                put(Table.NODES, ready("m2")),
                put(Table.NODES, ready("m3")),
                put(Table.NODES, worker("w1")),
                put(Table.SERVICES, web),
                put(Table.TASKS, Samples.task("t1", web, "m2")),
                put(Table.TASKS, Samples.task("t2", web, "w1")));
        Await.answer(control.recover(""));
        Snapshot after = store.snapshot().apply(quorum.recovery(store.snapshot()));
        assertThat(after.all(Table.NODES)).extracting(Node::id).containsExactly("m1", "w1");
        assertThat(after.trust().orElseThrow().revoked())
                .extracting(Revocation::nodeId)
                .containsExactly("m2", "m3");
        assertThat(after.status("t1").orElseThrow().state()).isEqualTo(TaskState.ORPHANED);
        assertThat(after.status("t2")).isEmpty();
        assertThat(after.all(Table.SERVICES)).containsExactly(web);
    }

    private static Node worker(String id) {
        NodeSpec spec = new NodeSpec("", Map.of(), NodeRole.WORKER, NodeSpec.Availability.ACTIVE);
        return Samples.node(id).withSpec(spec, Samples.NOW);
    }

    private static Node ready(String id) {
        return Samples.manager(id)
                .withStatus(Optional.empty(), new NodeStatus(NodeStatus.State.READY, "", "10.0.0.1:2377"), Samples.NOW);
    }
}
