package io.skep.vertical;

import io.skep.agent.AgentPart;
import io.skep.api.runtime.ContainerConfig;
import io.skep.api.transport.Transport;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.contracts.network.SimulatedNetworkDriver;
import io.skep.contracts.runtime.SimulatedHost;
import io.skep.contracts.runtime.SimulatedRuntime;
import io.skep.kernel.KernelPart;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A host with containers and an agent, each part of which can be swapped. */
final class Worker {
    private final SimulatedNode node;
    private final Transport transport;
    private final KernelPart kernel;
    private final HostThread thread;
    private final SimulatedHost host = new SimulatedHost();
    private final SimulatedNetworkDriver.Node network = new SimulatedNetworkDriver.Node();
    private final AgentPart.Endpoints endpoints;
    private Optional<AgentPart> agent = Optional.empty();
    private Optional<HostRuntime> runtime = Optional.empty();
    private Optional<HostNetwork> driver = Optional.empty();

    Worker(SimulatedNode node, Transport transport, KernelPart kernel, HostThread thread) {
        this.node = node;
        this.transport = transport;
        this.kernel = kernel;
        this.thread = thread;
        endpoints = new AgentPart.Endpoints(kernel);
        startDriver();
        startRuntime();
    }

    void startAgent() {
        AgentPart started = AgentPart.start(node, transport, kernel, endpoints);
        agent = Optional.of(started);
        driver.ifPresent(started::bind);
        runtime.ifPresent(started::bind);
    }

    Object agent() {
        return agent.orElseThrow().component();
    }

    void stopAgent() {
        agent.ifPresent(AgentPart::close);
        agent = Optional.empty();
    }

    void startRuntime() {
        HostRuntime started = new HostRuntime(thread, thread.call(() -> new SimulatedRuntime(host, thread.scope())));
        runtime = Optional.of(started);
        agent.ifPresent(bound -> bound.bind(started));
    }

    void stopRuntime() {
        HostRuntime stopped = runtime.orElseThrow();
        runtime = Optional.empty();
        agent.ifPresent(bound -> bound.unbind(stopped));
        stopped.close();
    }

    HostRuntime runtime() {
        return runtime.orElseThrow();
    }

    void startDriver() {
        HostNetwork started = new HostNetwork(thread, new SimulatedNetworkDriver(network));
        driver = Optional.of(started);
        agent.ifPresent(bound -> bound.bind(started));
    }

    void stopDriver() {
        HostNetwork stopped = driver.orElseThrow();
        driver = Optional.empty();
        agent.ifPresent(bound -> bound.unbind(stopped));
    }

    /** Does something to the host behind everybody's back. */
    void meddle(Consumer<SimulatedHost> with) {
        thread.run(() -> with.accept(host));
    }

    /** The containers that are there; on the host's thread. */
    Set<String> containers() {
        return host.configs().keySet();
    }

    /** The images that the containers were made from; on the host's thread. */
    Set<String> images() {
        return host.configs().values().stream().map(ContainerConfig::image).collect(Collectors.toSet());
    }

    /** The paths of all secrets and configs on this host; on the host's thread. */
    Set<String> files() {
        return host.configs().values().stream()
                .flatMap(config -> config.files().stream())
                .map(ContainerConfig.File::target)
                .collect(Collectors.toSet());
    }

    Set<String> sandboxes() {
        return network.sandboxes().keySet();
    }
}
