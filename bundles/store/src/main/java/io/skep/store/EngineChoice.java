package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.identity.LocalManager;
import io.skep.api.identity.LocalNode;
import io.skep.api.kernel.Effects;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.store.Epoch;
import io.skep.api.transport.Transport;
import io.skep.model.SkepException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the engine of the epoch in which this manager is, exactly while it runs: so the store comes and goes with that engine, whichever others there
 * are. A manager that has joined asks the others first which epoch it is. Answers the others who ask.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.skep.store")
@Designate(ocd = EngineChoice.Config.class)
public final class EngineChoice {
    /** The property of the engine that the store uses. */
    static final String PRESENT = "present";

    private static final Logger LOG = LoggerFactory.getLogger(EngineChoice.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final String ENGINE = "engine";

    private final BundleContext context;
    private final LocalNode node;
    private final Effects effects;
    private final Scope scope;
    private final Engines engines;
    private final Config config;
    private final Transport.Registration answering;
    private final ServiceRegistration<Engines> registered;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean announcing = new AtomicBoolean();
    private final AtomicReference<@Nullable Announced> announced = new AtomicReference<>();

    /** The engine that the store uses now. */
    private record Announced(Consensus engine, ServiceRegistration<Consensus> registration) {}

    @Activate
    public EngineChoice(
            BundleContext context,
            @Reference LocalNode node,
            @Reference LocalManager manager,
            @Reference Transport transport,
            @Reference EventLoop loop,
            @Reference Effects effects,
            Config config) {
        this.context = context;
        this.node = node;
        this.effects = effects;
        this.config = config;
        scope = loop.open("epochs");
        engines = new Engines(manager, new Inquiry(transport, node));
        answering = Inquiry.serve(transport, engines);
        registered = context.registerService(Engines.class, engines, null);
        if (!readAtOnce()) {
            look();
        }
    }

    /** A founder's store is there when the swarm is: who has founded it asks next. */
    private boolean readAtOnce() {
        try {
            return engines.read(node.swarmId(), config.engine()).isPresent();
        } catch (SkepException unreadable) {
            LOG.warn("the epoch is read again in a moment: {}", unreadable.getMessage());
            return false;
        }
    }

    @Deactivate
    void stop() {
        scope.close();
        answering.close();
        withdraw(announced.getAndSet(null));
        registered.unregister();
    }

    @Reference(
            name = "engine",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(engine=*)")
    void bindEngine(Consensus engine, Map<String, Object> properties) {
        String name = String.valueOf(properties.get(ENGINE));
        engines.add(name, engine);
        boolean chosen =
                engines.epoch().filter(epoch -> epoch.engine().equals(name)).isPresent();
        if (chosen && announced.get() == null) {
            // This is the thread that brings services up, and what needs the engine comes with it.
            register(name, engine);
        } else if (engines.epoch().isEmpty()) {
            look();
        }
    }

    void unbindEngine(Consensus engine, Map<String, Object> properties) {
        engines.remove(String.valueOf(properties.get(ENGINE)), engine);
        Announced now = announced.get();
        boolean inUse =
                now != null && (now.engine() == engine || engines.inUse(String.valueOf(properties.get(ENGINE))));
        if (inUse && announced.compareAndSet(now, null)) {
            withdraw(now); // the store closes its groups before the engine is gone
            look();
        }
    }

    private void withdraw(@Nullable Announced over) {
        if (over != null) {
            over.registration().unregister();
            announcing.set(false);
        }
    }

    /** Once at a time, for what is found is written down; each engine that comes asks for it. */
    private void look() {
        if (!scope.closed() && looking.compareAndSet(false, true)) {
            effects.run(scope, () -> engines.read(node.swarmId(), config.engine()))
                    .whenComplete((epoch, failure) -> {
                        if (scope.closed()) {
                            return;
                        }
                        if (failure != null) {
                            LOG.error("cannot tell the epoch yet: {}", failure.getMessage());
                            lookAgain();
                        } else if (epoch.isPresent()) {
                            looking.set(false);
                            announce(epoch.get());
                        } else {
                            ask();
                        }
                    });
        }
    }

    private void lookAgain() {
        scope.after(AGAIN, () -> {
            looking.set(false);
            look();
        });
    }

    /** A manager that has joined. */
    private void ask() {
        engines.others().latest().whenComplete((latest, failure) -> {
            if (!scope.closed()) {
                scope.execute(() -> {
                    Optional<Epoch> known = failure == null ? latest : Optional.empty();
                    known.ifPresentOrElse(this::learn, this::lookAgain);
                });
            }
        });
    }

    private void learn(Epoch epoch) {
        effects.run(scope, () -> {
                    engines.enter(epoch);
                    return epoch;
                })
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        looking.set(false);
                        look();
                    } else if (!scope.closed()) {
                        LOG.error("cannot write down yet which epoch the managers are in: {}", failure.getMessage());
                        lookAgain();
                    }
                });
    }

    private void announce(Epoch epoch) {
        Optional<Consensus> engine = engines.find(epoch.engine());
        if (announced.get() != null) {
            return;
        }
        if (engine.isEmpty()) {
            LOG.warn("this manager waits for the consensus engine {}, which its swarm uses", epoch.engine());
            return;
        }
        // Whatever hears of it is made anew now: not on the loop.
        effects.run(scope, () -> register(epoch.engine(), engine.get()));
    }

    /** Once at a time: the store is made while the service is registered, and a second one would take it away again. */
    private boolean register(String name, Consensus engine) {
        if (!announcing.compareAndSet(false, true)) {
            return false;
        }
        Announced now = new Announced(
                engine,
                context.registerService(Consensus.class, engine, FrameworkUtil.asDictionary(Map.of(PRESENT, "true"))));
        announced.set(now);
        boolean gone = engines.find(name).filter(found -> found == engine).isEmpty() || scope.closed();
        if (gone && announced.compareAndSet(now, null)) {
            withdraw(now);
        }
        return true;
    }

    /** Which engine a swarm begins with. */
    @ObjectClassDefinition(name = "Skep store")
    @interface Config {
        @AttributeDefinition(description = "consensus engine of a swarm that is founded on this node")
        String engine() default "atomix";
    }
}
