package io.skep.agent;

import io.skep.api.dispatch.Farewell;
import io.skep.api.dispatch.NodeTasks;
import io.skep.api.gossip.Gossip;
import io.skep.api.identity.ManagerAddress;
import io.skep.api.identity.SwarmFacts;
import io.skep.api.network.NetworkDriver;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.contracts.identity.SampleCredentials;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.kernel.ManualLoop;
import io.skep.contracts.network.SimulatedNetworkDriver;
import io.skep.contracts.runtime.SimulatedHost;
import io.skep.contracts.runtime.SimulatedRuntime;
import io.skep.contracts.transport.SimulatedNetwork;
import io.skep.model.NodeRole;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** An agent on a simulated host, between managers that do what a test says, on a loop that the test moves. */
final class Bench {
    private static final Map<String, String> OCI = Map.of(ContainerRuntime.PROPERTY, "oci");
    private static final Map<String, String> LINUX = Map.of(NetworkDriver.PROPERTY, "linux");

    final ManualLoop loop = new ManualLoop();
    final SimulatedHost host = new SimulatedHost();
    final SimulatedNetworkDriver.Node network = new SimulatedNetworkDriver.Node();
    final SimulatedNetwork wire = new SimulatedNetwork(loop.open("wire")::after);
    final Managers managers = new Managers(loop.open("managers"));
    final SimulatedNode node = new SimulatedNode(Samples.NODE, "swarm", NodeRole.WORKER, Path.of("unused"));
    private final CountingEntropy entropy = new CountingEntropy();
    final LocalEndpoints endpoints = new LocalEndpoints(loop);
    final AtomicInteger registrations = new AtomicInteger();
    private Optional<Farewell> farewell = Optional.empty();
    private final Map<String, ?> settings;
    private Agent agent;
    private Optional<SimulatedRuntime> runtime = Optional.empty();
    private Optional<NetworkDriver> driver = Optional.empty();

    Bench() {
        this(List.of("m1"));
    }

    /** An agent that knows these managers, of whom the first leads. */
    Bench(List<String> known) {
        this(known, Map.of());
    }

    /** The same with some settings that are not the standard ones. */
    Bench(List<String> known, Map<String, ?> settings) {
        this.settings = settings;
        node.renew(SampleCredentials.selfSigned(), NodeRole.WORKER);
        known.forEach(id -> managers.add(id, wire.manager(id)));
        SwarmFacts facts = node.facts();
        node.learn(new SwarmFacts(
                known.stream().map(id -> new ManagerAddress(id, id + ":2377")).toList(),
                facts.gossipKeys(),
                facts.roots(),
                facts.role(),
                facts.revoked()));
        agent = start();
    }

    /** Everything is there and the first assignment has come. */
    static Bench complete(String... known) {
        Bench bench = known.length == 0 ? new Bench() : new Bench(List.of(known));
        bench.bindDriver();
        bench.bindRuntime();
        bench.loop.settle();
        return bench;
    }

    private Agent start() {
        return new Agent(
                framework(), node, wire.node(Samples.NODE, NodeRole.WORKER), loop, loop, entropy, endpoints, config());
    }

    /** As a swap of the agent's bundle does. */
    void replaceAgent() {
        agent.stop();
        agent = start();
        runtime.ifPresent(bound -> agent.bindRuntime(bound, OCI));
        driver.ifPresent(bound -> agent.bindDriver(bound, LINUX));
    }

    Farewell farewell() {
        return farewell.orElseThrow();
    }

    void stopAgent() {
        agent.stop();
    }

    void bindRuntime() {
        bindRuntime(new SimulatedRuntime(host, loop.open("runtime")));
    }

    private void bindRuntime(SimulatedRuntime bound) {
        runtime = Optional.of(bound);
        agent.bindRuntime(bound, OCI);
    }

    /** One more runtime, which has what another host has. */
    void bindRuntime(String name, SimulatedHost of) {
        agent.bindRuntime(new SimulatedRuntime(of, loop.open(name)), Map.of(ContainerRuntime.PROPERTY, name));
    }

    void unbindRuntime() {
        SimulatedRuntime bound = runtime.orElseThrow();
        runtime = Optional.empty();
        agent.unbindRuntime(bound, OCI);
        bound.close();
    }

    void bindDriver() {
        NetworkDriver bound = new SimulatedNetworkDriver(network);
        driver = Optional.of(bound);
        agent.bindDriver(bound, LINUX);
    }

    void unbindDriver() {
        NetworkDriver bound = driver.orElseThrow();
        driver = Optional.empty();
        agent.unbindDriver(bound);
    }

    /** What gossip would be told; empty while nobody has spoken for the whole node. */
    List<String> stated() {
        return endpoints
                .stated()
                .map(stated -> List.copyOf(new TreeSet<>(stated.keySet())))
                .orElse(List.of());
    }

    void bindGossip(Gossip gossip) {
        agent.bindGossip(gossip);
    }

    private BundleContext framework() {
        Bundle bundle = proxy(Bundle.class, (self, method, args) -> Version.parseVersion("1.2.3"));
        ServiceRegistration<?> registration = proxy(ServiceRegistration.class, (self, method, args) -> {
            registrations.decrementAndGet();
            return null;
        });
        return proxy(BundleContext.class, (self, method, args) -> {
            if (method.getName().equals("getBundle")) {
                return bundle;
            }
            if (args[0] == Farewell.class) {
                farewell = Optional.of((Farewell) args[1]);
            } else if (args[0] != NodeTasks.class) {
                throw new AssertionError("an agent provides nothing but the access to its tasks and a farewell");
            }
            registrations.incrementAndGet();
            return registration;
        });
    }

    private Agent.Config config() {
        return proxy(
                Agent.Config.class, (self, method, args) -> Optional.<Object>ofNullable(settings.get(method.getName()))
                        .orElseGet(method::getDefaultValue));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
