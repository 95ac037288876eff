package io.skep.simulation;

import io.skep.agent.AgentPart;
import io.skep.api.consensus.Consensus;
import io.skep.api.identity.Enrolment;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.Subscription;
import io.skep.api.kernel.Scope;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.transport.Transport;
import io.skep.contracts.identity.SampleCredentials;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.network.SimulatedNetworkDriver;
import io.skep.contracts.runtime.SimulatedHost;
import io.skep.contracts.runtime.SimulatedRuntime;
import io.skep.identity.ca.NodeKey;
import io.skep.manager.ManagerPart;
import io.skep.model.NodeRole;
import io.skep.model.codec.Codec;
import io.skep.parts.Reconcilers;
import io.skep.store.StorePart;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One machine of a simulated swarm: what outlives its process, and while it is on a node of production classes, which follows its role as identity does. */
final class Machine {
    /** Made once: keys cost milliseconds, and nothing here depends on which they are. */
    private static final NodeKey KEY = NodeKey.make(new SecureRandom());

    private static final Duration AGAIN = Duration.ofMillis(500);
    final SimulatedNode node;
    final VirtualKernel kernel;
    final SimulatedHost host = new SimulatedHost();
    final SimulatedNetworkDriver.Node network = new SimulatedNetworkDriver.Node();
    private final Timeline timeline;
    private final VirtualNetwork wire;
    private final Consensus consensus;
    private final Scheduler scheduler;
    private final Consumer<StorePart> observer;
    private Optional<Running> running = Optional.empty();

    Machine(
            SimulatedNode node,
            Timeline timeline,
            VirtualKernel kernel,
            VirtualNetwork wire,
            Consensus consensus,
            Scheduler scheduler,
            Consumer<StorePart> observer) {
        this.node = node;
        this.timeline = timeline;
        this.kernel = kernel;
        this.wire = wire;
        this.consensus = consensus;
        this.scheduler = scheduler;
        this.observer = observer;
    }

    void on() {
        if (running.isEmpty()) {
            running = Optional.of(new Running());
        }
    }

    /** Ends the process without a word to anybody; without power its containers and sandboxes end, too. */
    void off(boolean power) {
        wire.leave(node.nodeId());
        running.ifPresent(Running::stop);
        running = Optional.empty();
        if (power) {
            host.powerOff(timeline.now());
            new SimulatedNetworkDriver(network).detach(network.sandboxes().keySet());
        }
    }

    boolean isOn() {
        return running.isPresent();
    }

    Optional<StorePart> store() {
        return running.flatMap(now -> now.store);
    }

    Optional<ManagerPart> manager() {
        return running.flatMap(now -> now.manager);
    }

    Set<String> containers() {
        return host.configs().keySet();
    }

    /** What ends with the process. */
    private final class Running {
        private final Transport transport = wire.join(node);
        private final Scope scope = kernel.open("identity");
        private final Subscription subscription;
        private final AgentPart agent;
        private final SimulatedRuntime runtime = new SimulatedRuntime(host, kernel.open("runtime"));
        private Optional<StorePart> store = Optional.empty();
        private Optional<ManagerPart> manager = Optional.empty();
        private boolean renewing;

        Running() {
            become(node.role());
            subscription = node.onChange(this::follow);
            agent = AgentPart.start(node, transport, kernel, new AgentPart.Endpoints(kernel));
            agent.bind(new SimulatedNetworkDriver(network));
            agent.bind(runtime);
            follow();
        }

        private void become(NodeRole role) {
            if (role == NodeRole.MANAGER && store.isEmpty()) {
                StorePart started = new StorePart(consensus, node, kernel);
                observer.accept(started);
                store = Optional.of(started);
                manager = Optional.of(new ManagerPart(
                        started.store(), started.quorum(), node, transport, kernel, Reconcilers.all(), scheduler));
            } else if (role == NodeRole.WORKER) {
                manager.ifPresent(ManagerPart::close);
                store.ifPresent(StorePart::close);
                manager = Optional.empty();
                store = Optional.empty();
            }
        }

        private void follow() {
            if (node.facts().role() == node.role() || renewing || scope.closed()) {
                return;
            }
            renewing = true;
            List<ManagerAddress> known = node.facts().managers();
            String asked = known.get((int) kernel.below(known.size())).nodeId();
            byte[] renew = Codec.toBytes(new Enrolment.Renew(KEY.request(), "00000001"));
            transport
                    .request(asked, Enrolment.RENEW, renew, Duration.ofSeconds(2))
                    .thenApply(answer ->
                            Codec.fromBytes(answer, Enrolment.Issued.class).role())
                    .whenComplete((role, failure) -> {
                        if (!scope.closed()) {
                            scope.execute(() -> renewed(failure == null ? role : node.role()));
                        }
                    });
        }

        private void renewed(NodeRole role) {
            renewing = false;
            if (role != node.role()) {
                node.renew(SampleCredentials.selfSigned(), role);
                become(role);
            }
            if (node.facts().role() != node.role()) {
                scope.after(AGAIN, this::follow);
            }
        }

        void stop() {
            subscription.close();
            scope.close();
            agent.close();
            become(NodeRole.WORKER);
            runtime.close();
        }
    }
}
