package io.skep.agent;

import io.skep.api.gossip.Gossip;
import io.skep.api.identity.LocalNode;
import io.skep.api.network.NetworkDriver;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.transport.Transport;
import io.skep.parts.Kernel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** The agent as its bundle starts and stops it, in a framework that takes its service and gives nothing. */
public final class AgentPart implements AutoCloseable {
    private static final Map<String, String> OCI = Map.of(ContainerRuntime.PROPERTY, "oci");
    private static final Map<String, String> LINUX = Map.of(NetworkDriver.PROPERTY, "linux");

    private final Agent agent;

    private AgentPart(Agent agent) {
        this.agent = agent;
    }

    /** The endpoints of a node, which outlive its agents. */
    public static final class Endpoints {
        private final LocalEndpoints endpoints;

        public Endpoints(Kernel kernel) {
            endpoints = new LocalEndpoints(kernel.loop());
        }

        LocalEndpoints endpoints() {
            return endpoints;
        }

        /** The tasks that are reached; on the loop. */
        public Set<String> stated() {
            return endpoints.stated().map(Map::keySet).orElse(Set.of());
        }
    }

    public static AgentPart start(LocalNode node, Transport transport, Kernel kernel, Endpoints endpoints) {
        Agent.Config standard = proxy(Agent.Config.class, (self, method, args) -> method.getDefaultValue());
        return new AgentPart(new Agent(
                framework(),
                node,
                transport,
                kernel.loop(),
                kernel.effects(),
                kernel.entropy(),
                endpoints.endpoints,
                standard));
    }

    /** What must be gone after a swap. */
    public Object component() {
        return agent;
    }

    public void bind(Gossip gossip) {
        agent.bindGossip(gossip);
    }

    public void bind(ContainerRuntime runtime) {
        agent.bindRuntime(runtime, OCI);
    }

    public void unbind(ContainerRuntime runtime) {
        agent.unbindRuntime(runtime, OCI);
    }

    public void bind(NetworkDriver driver) {
        agent.bindDriver(driver, LINUX);
    }

    public void unbind(NetworkDriver driver) {
        agent.unbindDriver(driver);
    }

    @Override
    public void close() {
        agent.stop();
    }

    private static BundleContext framework() {
        Bundle bundle = proxy(Bundle.class, (self, method, args) -> Version.parseVersion("0.1.0"));
        ServiceRegistration<?> registration = proxy(ServiceRegistration.class, (self, method, args) -> null);
        return proxy(
                BundleContext.class,
                (self, method, args) -> method.getName().equals("getBundle") ? bundle : registration);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
