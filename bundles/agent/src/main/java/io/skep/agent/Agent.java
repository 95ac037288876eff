package io.skep.agent;

import io.skep.api.dispatch.Dispatcher;
import io.skep.api.dispatch.NodeTasks;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.network.NetworkDriver;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.model.NodeDescription;
import io.skep.model.SkepException;
import io.skep.model.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Keeps a session with the managers and hands assignments to {@link Works}. Its end tears nothing down: the next agent finds the containers again.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.skep.agent")
@Designate(ocd = Agent.Config.class)
public final class Agent implements Workplace {
    private final LocalEndpoints endpoints;
    private final Scope scope;
    private final Plugins plugins;
    private final Executor executor;
    private final Reports reports;
    private final Works works;
    private final Sessions sessions;
    private final String version;
    private final ServiceRegistration<NodeTasks> registration;

    @Activate
    public Agent(
            BundleContext context,
            @Reference LocalNode node,
            @Reference Dispatcher dispatcher,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference LocalEndpoints endpoints,
            Config config) {
        this.endpoints = endpoints;
        scope = loop.open("agent");
        plugins = new Plugins(config.runtime(), config.networkDriver());
        int lanes = config.parallelStarts() > 0
                ? config.parallelStarts()
                : 2 * Runtime.getRuntime().availableProcessors();
        executor = new Executor(scope, effects, plugins, lanes);
        reports = new Reports(scope);
        TaskAccess access = new TaskAccess(plugins);
        works = new Works(scope, effects, plugins, access, this);
        sessions = new Sessions(
                this, scope, effects, dispatcher, node.nodeId(), this::description, works::assigned, reports::session);
        version = context.getBundle().getVersion().toString();
        registration = context.registerService(
                NodeTasks.class, access, FrameworkUtil.asDictionary(Map.of(NodeTasks.PROPERTY, node.nodeId())));
        scope.execute(sessions::open);
    }

    @Deactivate
    void stop() {
        registration.unregister();
        scope.close();
        executor.close();
        sessions.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRuntime(ContainerRuntime runtime, Map<String, ?> properties) {
        String name = String.valueOf(properties.get(ContainerRuntime.PROPERTY));
        onLoop(() -> works.runtimeCame(name, runtime, sessions::describe));
    }

    void unbindRuntime(ContainerRuntime runtime, Map<String, ?> properties) {
        plugins.unbind(runtime);
        onLoop(() -> {
            works.runtimeWent(String.valueOf(properties.get(ContainerRuntime.PROPERTY)), runtime);
            sessions.describe();
        });
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDriver(NetworkDriver driver, Map<String, ?> properties) {
        plugins.bind(driver, properties);
        onLoop(() -> {
            works.driverCame();
            sessions.describe();
        });
    }

    void unbindDriver(NetworkDriver driver) {
        plugins.unbind(driver);
        onLoop(sessions::describe);
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public LocalEndpoints endpoints() {
        return endpoints;
    }

    @Override
    public Instant now() {
        return scope.now();
    }

    @Override
    public void report(TaskStatus status) {
        reports.add(status);
    }

    @Override
    public void forgotten(String taskId) {
        reports.forget(taskId);
        works.forgotten(taskId);
    }

    @Override
    public void onLoop(Runnable event) {
        try {
            scope.execute(event);
        } catch (SkepException closed) {
            // the agent has gone, and its successor finds everything as it is
        }
    }

    @Override
    public void after(Duration delay, Runnable event) {
        if (!scope.closed()) {
            scope.after(delay, event);
        }
    }

    private NodeDescription description() {
        List<String> working = plugins.runtimeNames().stream()
                .filter(name -> plugins.find(name)
                        .filter(runtime -> runtime.info().problem().isEmpty())
                        .isPresent())
                .toList();
        return HostFacts.describe(version, working, plugins.driverNames());
    }

    /** How this node runs tasks. */
    @ObjectClassDefinition(name = "Skep agent")
    @interface Config {
        @AttributeDefinition(description = "the container runtime of tasks that ask for none")
        String runtime() default "oci";

        @AttributeDefinition(description = "the network driver")
        String networkDriver() default "linux";

        @AttributeDefinition(description = "containers started at once; 0 chooses twice the number of processors")
        int parallelStarts() default 0;
    }
}
