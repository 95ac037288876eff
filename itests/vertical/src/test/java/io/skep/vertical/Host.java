package io.skep.vertical;

import io.skep.api.consensus.Consensus;
import io.skep.api.identity.Enrolment;
import io.skep.api.identity.Subscription;
import io.skep.api.kernel.Scope;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.transport.Transport;
import io.skep.contracts.identity.SampleCredentials;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.identity.ca.NodeKey;
import io.skep.kernel.KernelPart;
import io.skep.manager.ManagerPart;
import io.skep.model.NodeRole;
import io.skep.model.codec.Codec;
import io.skep.parts.Reconcilers;
import io.skep.store.StorePart;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One host of a swarm of several, with a loop of its own; a manager has a store and a manager's parts, and every host an agent. When the leader tells of another
 * role, it asks for another certificate and becomes what that says, as identity does.
 */
final class Host implements AutoCloseable {
    final SimulatedNode node;
    final Worker worker;
    private final Transport transport;
    private final Consensus consensus;
    private final Scheduler scheduler;
    private final HostThread thread;
    private final KernelPart kernel = new KernelPart();
    private final Scope scope = kernel.loop().open("identity");
    private final Subscription subscription;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile Optional<StorePart> store = Optional.empty();
    private volatile Optional<ManagerPart> manager = Optional.empty();

    Host(SimulatedNode node, Transport transport, Consensus consensus, Scheduler scheduler, HostThread thread) {
        this.node = node;
        this.transport = transport;
        this.consensus = consensus;
        this.scheduler = scheduler;
        this.thread = thread;
        worker = new Worker(node, transport, kernel, thread);
        become(node.role());
        subscription = node.onChange(this::follow);
    }

    private void become(NodeRole role) {
        if (role == NodeRole.MANAGER && store.isEmpty()) {
            StorePart started = new StorePart(consensus, node, kernel);
            store = Optional.of(started);
            manager = Optional.of(new ManagerPart(
                    started.store(), started.quorum(), node, transport, kernel, Reconcilers.all(), scheduler));
        } else if (role == NodeRole.WORKER) {
            manager.ifPresent(ManagerPart::close);
            store.ifPresent(StorePart::close);
            manager = Optional.empty();
            store = Optional.empty();
        }
        thread.changed();
    }

    private void follow() {
        if (node.facts().role() == node.role() || !renewing.compareAndSet(false, true)) {
            return;
        }
        CompletionStage<NodeRole> renewed = kernel.effects().run(scope, this::renew);
        renewed.whenComplete((role, failure) -> {
            renewing.set(false);
            if (failure != null) {
                scope.after(Duration.ofMillis(100), this::follow);
            }
        });
    }

    private NodeRole renew() {
        String request = NodeKey.make(new SecureRandom()).request();
        byte[] answer = transport
                .request(
                        node.facts().managers().get(0).nodeId(),
                        Enrolment.RENEW,
                        Codec.toBytes(new Enrolment.Renew(request, "00000001", node.role())),
                        Duration.ofSeconds(2))
                .toCompletableFuture()
                .join();
        NodeRole role = Codec.fromBytes(answer, Enrolment.Issued.class).role();
        node.renew(SampleCredentials.selfSigned(), role);
        become(role);
        return role;
    }

    /** True while the host has the parts of a manager. */
    boolean manages() {
        return manager.isPresent();
    }

    StorePart store() {
        return store.orElseThrow();
    }

    ManagerPart manager() {
        return manager.orElseThrow();
    }

    KernelPart kernel() {
        return kernel;
    }

    @Override
    public void close() {
        subscription.close();
        scope.close();
        worker.stopAgent();
        become(NodeRole.WORKER);
        kernel.close();
    }
}
