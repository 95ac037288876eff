package io.skep.agent;

import io.skep.api.dispatch.Farewell;
import io.skep.api.dispatch.NodeTasks;
import io.skep.api.dispatch.SessionWire;
import io.skep.api.gossip.Gossip;
import io.skep.api.identity.LocalNode;
import io.skep.api.identity.Subscription;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.Entropy;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.network.NetworkDriver;
import io.skep.api.runtime.ContainerRuntime;
import io.skep.api.transport.Access;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.NodeDescription;
import io.skep.model.SkepException;
import io.skep.model.TaskStatus;
import io.skep.model.codec.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
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
    private final LocalNode node;
    private final Scope scope;
    private final Plugins plugins;
    private final Executor executor;
    private final Reports reports;
    private final Works works;
    private final Sessions sessions;
    private final Hearsay hearsay = new Hearsay();
    private final String version;
    private final ServiceRegistration<NodeTasks> registration;
    private final ServiceRegistration<Farewell> departure;
    private final Transport.Registration news;
    private final Subscription renewals;

    @Activate
    public Agent(
            BundleContext context,
            @Reference LocalNode node,
            @Reference Transport transport,
            @Reference EventLoop loop,
            @Reference Effects effects,
            @Reference Entropy entropy,
            @Reference LocalEndpoints endpoints,
            Config config) {
        this.endpoints = endpoints;
        this.node = node;
        scope = loop.open("agent");
        plugins = new Plugins(config.runtime(), config.networkDriver());
        int lanes = config.parallelStarts() > 0
                ? config.parallelStarts()
                : 2 * Runtime.getRuntime().availableProcessors();
        TaskFiles files = new TaskFiles();
        executor = new Executor(scope, effects, plugins, files, lanes);
        TaskAccess access = new TaskAccess(plugins);
        works = new Works(scope, effects, plugins, access, files, this);
        Inbox inbox = new Inbox(works::assigned, new Learning(node, this, scope, effects)::told);
        reports = new Reports(scope, this::answered);
        sessions = new Sessions(
                this, scope, effects, entropy, transport, node, hearsay, inbox, this::presentation, reports::session);
        version = context.getBundle().getVersion().toString();
        registration = context.registerService(
                NodeTasks.class, access, FrameworkUtil.asDictionary(Map.of(NodeTasks.PROPERTY, node.nodeId())));
        Farewell farewell = this::leave;
        departure = context.registerService(Farewell.class, farewell, FrameworkUtil.asDictionary(Map.of()));
        news = transport.serve(SessionWire.NEWS, Access.MANAGERS, (peer, body) -> take(inbox, peer, body));
        renewals = node.onChange(() -> onLoop(sessions::describe));
        scope.execute(sessions::open);
    }

    @Deactivate
    void stop() {
        news.close();
        renewals.close();
        registration.unregister();
        departure.unregister();
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

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(engine=atomix)")
    void bindGossip(Gossip gossip) {
        hearsay.bind(gossip);
    }

    void unbindGossip(Gossip gossip) {
        hearsay.unbind(gossip);
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
    public String underlay() {
        return node.advertiseAddress();
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

    /** Answered once the news is taken over; on a thread of the transport until then. */
    private CompletionStage<byte[]> take(Inbox inbox, Peer leader, byte[] body) {
        SessionWire.News told = Codec.fromBytes(body, SessionWire.News.class);
        CompletableFuture<byte[]> taken = new CompletableFuture<>();
        scope.execute(() -> {
            try {
                inbox.take(leader.nodeId(), told);
                taken.complete(Codec.toBytes(true));
            } catch (SkepException refused) {
                taken.completeExceptionally(refused);
            }
        });
        return taken;
    }

    /** Nobody is to be sent here any more; the gossip, which may end with the node, tells it before. */
    private CompletionStage<Boolean> leave() {
        onLoop(() -> endpoints.complete(Set.of()));
        return sessions.leave();
    }

    private void answered(Session asked, @Nullable Throwable failure) {
        sessions.answered(asked, failure);
    }

    private Presentation presentation() {
        return new Presentation(description(), Issuer.of(node.credentials()));
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
