package io.skep.simulation;

import io.skep.agent.AgentPart;
import io.skep.agent.PublisherPart;
import io.skep.api.consensus.Consensus;
import io.skep.api.gossip.Gossip;
import io.skep.api.identity.Enrolment;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.Subscription;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.kernel.Scope;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.transport.Transport;
import io.skep.contracts.identity.SampleCredentials;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.network.SimulatedNetworkDriver;
import io.skep.contracts.runtime.SimulatedHost;
import io.skep.contracts.runtime.SimulatedRuntime;
import io.skep.discovery.DiscoveryPart;
import io.skep.identity.ca.NodeKey;
import io.skep.manager.ManagerPart;
import io.skep.model.NodeRole;
import io.skep.model.codec.Codec;
import io.skep.parts.Reconcilers;
import io.skep.store.StorePart;
import java.nio.file.Path;
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
    private final Surroundings around;
    private final Path directory;
    private final Consumer<StorePart> observer;
    private Optional<Running> running = Optional.empty();

    /** What all machines share. */
    record Surroundings(VirtualNetwork wire, Consensus consensus, VirtualGossip gossip, Scheduler scheduler) {}

    Machine(
            SimulatedNode node,
            Timeline timeline,
            VirtualKernel kernel,
            Surroundings around,
            Path directory,
            Consumer<StorePart> observer) {
        this.node = node;
        this.timeline = timeline;
        this.kernel = kernel;
        this.around = around;
        this.directory = directory;
        this.observer = observer;
    }

    void on() {
        if (running.isEmpty()) {
            running = Optional.of(new Running());
            mingle();
        }
    }

    /** Ends the process without a word to anybody; without power its containers and sandboxes end, too. */
    void off(boolean power) {
        around.wire().leave(node.nodeId());
        around.gossip().stop(node.nodeId());
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

    Optional<DiscoveryPart> discovery() {
        return running.map(now -> now.discovery);
    }

    /** Looks for the other nodes at the managers, as gossip does again and again. */
    void mingle() {
        running.ifPresent(now -> now.gossip.seed(node.facts().managers().stream()
                .map(manager -> manager.nodeId() + ":7946")
                .toList()));
    }

    Set<String> containers() {
        return host.configs().keySet();
    }

    /** What ends with the process. */
    private final class Running {
        private final Transport transport = around.wire().join(node);
        private final Gossip gossip = around.gossip().start(node.nodeId());
        private final Scope scope = kernel.open("identity");
        private final Subscription subscription;
        private final AgentPart.Endpoints endpoints = new AgentPart.Endpoints(kernel);
        private final SimulatedNetworkDriver driver = new SimulatedNetworkDriver(network);
        private final DiscoveryPart discovery = new DiscoveryPart(directory, gossip, driver, kernel);
        private final PublisherPart publisher = new PublisherPart(gossip, discovery.services(), endpoints, kernel);
        private final AgentPart agent;
        private final SimulatedRuntime runtime = new SimulatedRuntime(host, kernel.open("runtime"));
        private Optional<StorePart> store = Optional.empty();
        private Optional<ManagerPart> manager = Optional.empty();
        private SwarmFacts told = node.facts();
        private boolean renewing;
        /** As in the production's renewal: consensus went on without this manager, which has not noticed. */
        private boolean deposed;

        Running() {
            become(node.role());
            subscription = node.onChange(this::follow);
            agent = AgentPart.start(node, transport, kernel, endpoints);
            agent.bind(gossip);
            agent.bind(driver);
            agent.bind(runtime);
            follow();
        }

        private void become(NodeRole role) {
            if (role == NodeRole.MANAGER && store.isEmpty()) {
                StorePart started = new StorePart(around.consensus(), node, kernel);
                observer.accept(started);
                store = Optional.of(started);
                ManagerPart managing = new ManagerPart(
                        started.store(),
                        started.quorum(),
                        node,
                        transport,
                        kernel,
                        Reconcilers.all(),
                        around.scheduler());
                managing.bind(gossip);
                manager = Optional.of(managing);
            } else if (role == NodeRole.WORKER) {
                manager.ifPresent(ManagerPart::close);
                store.ifPresent(StorePart::close);
                manager = Optional.empty();
                store = Optional.empty();
            }
        }

        private void follow() {
            deposed |= node.role() == NodeRole.MANAGER
                    && listed(told, node.nodeId())
                    && !listed(node.facts(), node.nodeId());
            told = node.facts();
            if (settled() || renewing || scope.closed()) {
                return;
            }
            renewing = true;
            List<ManagerAddress> known = node.facts().managers();
            String asked = known.get((int) kernel.below(known.size())).nodeId();
            byte[] renew = Codec.toBytes(new Enrolment.Renew(KEY.request(), "00000001", node.role()));
            transport
                    .request(asked, Enrolment.RENEW, renew, Duration.ofSeconds(2))
                    .thenApply(answer ->
                            Codec.fromBytes(answer, Enrolment.Issued.class).role())
                    .whenComplete((role, failure) -> {
                        if (!scope.closed()) {
                            scope.execute(() -> renewed(Optional.ofNullable(role)));
                        }
                    });
        }

        private void renewed(Optional<NodeRole> granted) {
            deposed &= granted.isEmpty();
            granted.filter(role -> role != node.role()).ifPresent(role -> {
                node.renew(SampleCredentials.selfSigned(), role);
                become(role);
            });
            renewing = false;
            if (!settled()) {
                scope.after(AGAIN, this::follow);
            }
        }

        private boolean settled() {
            return node.facts().role() == node.role() && !deposed;
        }

        private static boolean listed(SwarmFacts facts, String nodeId) {
            return facts.managers().stream()
                    .anyMatch(manager -> manager.nodeId().equals(nodeId));
        }

        void stop() {
            subscription.close();
            scope.close();
            agent.close();
            publisher.close();
            discovery.close();
            become(NodeRole.WORKER);
            runtime.close();
        }
    }
}
