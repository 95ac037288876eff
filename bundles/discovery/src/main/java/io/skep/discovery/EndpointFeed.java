package io.skep.discovery;

import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import io.skep.api.gossip.Gossip;
import io.skep.api.gossip.Member;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import io.skep.api.network.NetworkDriver;
import io.skep.api.network.RouteTable;
import io.skep.api.network.ServiceAddress;
import io.skep.model.Endpoint;
import io.skep.model.SkepException;
import io.skep.model.StandingSegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what gossip tells of endpoints and segments, and the agent of services, into routes and names: one statement under way at a time, then at once the latest.
 * Made anew when gossip or the network driver is swapped; what it stated stays.
 */
@Component(service = EndpointFeed.class, immediate = true, configurationPid = Settings.PID)
public final class EndpointFeed {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointFeed.class);

    /** How long a node that gossip does not know yet keeps its endpoints after gossip started. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    /** A port in use or a failing program tells nobody when it is over. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Gossip gossip;
    private final NetworkDriver driver;
    private final Effects effects;
    private final EndpointMemory memory;
    private final Consumer<NameTable> names;
    private final Scope scope;
    private final Pauses pauses;
    private final Gossip.Subscription subscription;
    private final Runnable watch;
    private boolean underWay;
    private boolean again;
    private boolean settled;
    private @Nullable RouteTable stated;
    private String complaint = "";
    private Timer retry = () -> {};

    @Activate
    public EndpointFeed(
            @Reference(name = "gossip", target = "(engine=atomix)", policyOption = GREEDY) Gossip gossip,
            @Reference(name = "driver", target = "(driver=linux)", policyOption = GREEDY) NetworkDriver driver,
            @Reference(policyOption = GREEDY) EventLoop loop,
            @Reference(policyOption = GREEDY) Effects effects,
            @Reference(policyOption = GREEDY) EndpointMemory memory,
            @Reference(policyOption = GREEDY) NameServer names) {
        this(gossip, driver, loop, effects, memory, names::publish);
    }

    EndpointFeed(
            Gossip gossip,
            NetworkDriver driver,
            EventLoop loop,
            Effects effects,
            EndpointMemory memory,
            Consumer<NameTable> names) {
        this.gossip = gossip;
        this.driver = driver;
        this.effects = effects;
        this.memory = memory;
        this.names = names;
        this.scope = loop.open("discovery");
        this.pauses = new Pauses(scope, this::changed);
        this.subscription = gossip.onChange(change -> post());
        this.watch = memory.watch(this::post);
        scope.after(SETTLING, () -> {
            settled = true;
            changed();
        });
    }

    @Deactivate
    void stop() {
        subscription.close();
        watch.run();
        scope.close();
    }

    private void post() {
        try {
            scope.execute(this::changed);
        } catch (SkepException closed) {
            LOG.debug("a change came after the end", closed);
        }
    }

    private void changed() {
        if (underWay) {
            again = true;
            return;
        }
        try {
            List<Member> members = pauses.members(gossip.members(), gossip.table(Gossip.PAUSES));
            Heard heard =
                    new Heard(gossip.table(Endpoint.TABLE), gossip.table(StandingSegment.TABLE), members, settled);
            RouteTable before = stated;
            underWay = true;
            effects.run(scope, () -> state(heard, before)).whenComplete(this::ended);
        } catch (SkepException gone) {
            LOG.debug("gossip is stopping; routes and names stay as they are", gone);
        }
    }

    /** What gossip told at one moment. */
    private record Heard(
            Map<String, Map<String, byte[]>> endpoints,
            Map<String, Map<String, byte[]>> segments,
            List<Member> members,
            boolean settled) {}

    /** What came of a statement: the routes that stand, null for none, and what was wrong. */
    private record Statement(@Nullable RouteTable routes, String failure) {}

    /** Blocks; on an Effects thread. */
    private Statement state(Heard heard, @Nullable RouteTable before) {
        Known<Endpoint> known = memory.known().learn(heard.endpoints(), heard.members(), heard.settled());
        Known<StandingSegment> segments = memory.segments().learn(heard.segments(), heard.members(), heard.settled());
        // First of all: a swap may interrupt what follows, and the next feed begins with what is kept.
        memory.keep(known, segments);
        List<ServiceAddress> services = memory.services();
        Reach reach = new Reach(known, segments, gossip.nodeId());
        RouteTable routes = Routes.of(reach, services);
        // Before this node has told what it runs, an empty table would cut off what still runs from before.
        boolean ready = reach.ready();
        String failure = ready && !routes.equals(before) ? route(routes) : "";
        names.accept(NameTable.of(reach.visible(), services));
        return new Statement(ready && failure.isEmpty() ? routes : null, failure);
    }

    private String route(RouteTable routes) {
        try {
            driver.route(routes);
            return "";
        } catch (SkepException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void ended(@Nullable Statement statement, @Nullable Throwable failure) {
        underWay = false;
        if (scope.closed()) {
            return;
        }
        if (statement == null) {
            throw new IllegalStateException("endpoints could not be turned into routes", failure);
        }
        stated = statement.routes();
        report(statement.failure());
        if (again) {
            again = false;
            changed();
        }
    }

    private void report(String failure) {
        retry.cancel();
        if (!failure.isEmpty()) {
            retry = scope.after(RETRY, this::changed);
        }
        if (!failure.equals(complaint) && !failure.isEmpty()) {
            LOG.error("{}", failure);
        }
        complaint = failure;
    }
}
