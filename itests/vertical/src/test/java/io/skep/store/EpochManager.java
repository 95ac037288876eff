package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Leadership;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.kernel.Scope;
import io.skep.api.transport.Transport;
import io.skep.consensus.atomix.AtomixPart;
import io.skep.consensus.ratis.RatisPart;
import io.skep.contracts.Await;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.kernel.KernelPart;
import io.skep.model.NodeRole;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A manager's store with both engines, on a disk that outlives it. */
final class EpochManager implements AutoCloseable {
    static final String SWARM = "swarm";
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final String id;
    private final SimulatedNode node;
    private final Transport transport;
    private final KernelPart kernel = new KernelPart();
    private final Scope scope = kernel.loop().open("test");
    private @Nullable Running running;
    private boolean withRatis = true;

    private record Running(
            AtomixPart atomix,
            RatisPart ratis,
            Transport.Registration answering,
            Engines engines,
            ReplicatedStore store) {}

    EpochManager(String id, Transport transport, Path root, List<String> founders, List<String> managers) {
        this.id = id;
        this.transport = transport;
        node = new SimulatedNode(
                id,
                SWARM,
                NodeRole.MANAGER,
                root.resolve(id),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 2377),
                founders.stream().map(SimulatedNode::memberOf).toList());
        SwarmFacts facts = node.facts();
        node.learn(new SwarmFacts(
                managers.stream()
                        .map(one -> new ManagerAddress(one, "127.0.0.1:2377"))
                        .toList(),
                facts.gossipKeys(),
                facts.roots(),
                facts.role(),
                facts.revoked()));
    }

    String memberId() {
        return node.memberId();
    }

    void withoutRatis() {
        withRatis = false;
    }

    EpochManager start() {
        return start(engine -> engine);
    }

    /** Starts with engines that a test looks into. */
    EpochManager start(UnaryOperator<Consensus> look) {
        AtomixPart atomix = new AtomixPart(transport);
        RatisPart ratis = new RatisPart(transport);
        Engines engines = new Engines(node, new Inquiry(transport, node));
        engines.add("atomix", look.apply(atomix.engine()));
        if (withRatis) {
            engines.add("ratis", look.apply(ratis.engine()));
        }
        if (engines.read(SWARM, "atomix").isEmpty()) {
            engines.enter(Await.answer(engines.others().latest()).orElseThrow());
        }
        Transport.Registration answering = Inquiry.serve(transport, engines);
        ReplicatedStore store = new ReplicatedStore(engines, node, kernel.loop(), kernel.effects(), kernel.entropy());
        running = new Running(atomix, ratis, answering, engines, store);
        return this;
    }

    private Running running() {
        return Optional.ofNullable(running).orElseThrow();
    }

    ReplicatedStore store() {
        return running().store();
    }

    /** Stops the store, but goes on to answer which engines run here. */
    void stopStore() {
        store().stop();
    }

    void stop() {
        Running was = running;
        running = null;
        if (was != null) {
            was.answering().close();
            was.store().stop();
            was.atomix().close();
            was.ratis().close();
        }
    }

    Leadership awaitLeadership(Predicate<Leadership> wanted) {
        CompletableFuture<Leadership> seen = new CompletableFuture<>();
        var watch = store().onLeadership(scope, leadership -> {
            if (wanted.test(leadership)) {
                seen.complete(leadership);
            }
        });
        Leadership found = Await.answer(seen);
        watch.close();
        return found;
    }

    /** Waits until the store is in an epoch that has a leader. */
    void awaitEpoch(long number) {
        awaitLeadership(leadership ->
                leadership.term() >> 40 == number - 1 && leadership.leader().isPresent());
    }

    /** Does something as soon as this manager is in an epoch. */
    void whenEntered(long number, Runnable then) {
        store().onLeadership(scope, leadership -> {
            if (leadership.term() >> 40 == number - 1) {
                then.run();
            }
        });
    }

    /** Completes a moment later. */
    CompletionStage<Boolean> later() {
        CompletableFuture<Boolean> passed = new CompletableFuture<>();
        scope.after(MOMENT, () -> passed.complete(true));
        return passed;
    }

    String id() {
        return id;
    }

    @Override
    public void close() {
        stop();
        scope.close();
        kernel.close();
    }
}
