package io.skep.scheduler;

import io.skep.api.scheduling.Filter;
import io.skep.api.scheduling.Placement;
import io.skep.api.scheduling.Scheduler;
import io.skep.api.scheduling.Strategy;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import io.skep.model.Task;
import io.skep.model.table.Snapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scheduler that ranks the nodes once for all tasks that are alike, on heaps, so that a placement costs the logarithm of their number. */
@Component(service = Scheduler.class, property = "engine=heap")
public final class HeapScheduler implements Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(HeapScheduler.class);
    private static final String FALLBACK = "spread";

    /** Plug-ins come and go on the framework's threads while others read. */
    private final List<NamedStrategy> strategies = new CopyOnWriteArrayList<>();

    private final List<Filter> filters = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> reportedMissing = new AtomicReference<>("");

    @Activate
    public HeapScheduler() {}

    /** Called when a strategy appears. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindStrategy(Strategy strategy, Map<String, Object> properties) {
        strategies.add(named(strategy, properties));
    }

    /** Called when a strategy disappears; a run that has begun ends with it. */
    public void unbindStrategy(Strategy strategy, Map<String, Object> properties) {
        strategies.remove(named(strategy, properties));
    }

    /** Called when a filter appears. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindFilter(Filter filter) {
        filters.add(filter);
    }

    /** Called when a filter disappears; a run that has begun ends with it. */
    public void unbindFilter(Filter filter) {
        filters.remove(filter);
    }

    @Override
    public List<Placement> place(Snapshot cluster, Collection<Task> pending, Instant now) {
        if (pending.isEmpty()) {
            return List.of();
        }
        String wanted = cluster.swarm().map(swarm -> swarm.spec().strategy()).orElse(FALLBACK);
        return new PlacementRun(cluster, pending.size(), now, choose(wanted), List.copyOf(filters)).place(pending);
    }

    @Override
    public List<String> strategies() {
        return strategies.stream().map(NamedStrategy::name).distinct().sorted().toList();
    }

    /** The chosen strategy, else spread: tasks had better run somewhere reasonable than wait for a bundle. */
    private NamedStrategy choose(String wanted) {
        Optional<NamedStrategy> chosen = find(wanted);
        boolean newlyMissing =
                !reportedMissing.getAndSet(chosen.isPresent() ? "" : wanted).equals(wanted);
        if (chosen.isEmpty() && newlyMissing) {
            LOG.warn(
                    "The strategy {} is not installed; using {} if it is. Install its bundle or choose one of {} with strategy-use.",
                    wanted,
                    FALLBACK,
                    strategies());
        }
        return chosen.or(() -> find(FALLBACK))
                .orElseThrow(() -> new SkepException(
                        ErrorCode.PART_MISSING,
                        "the strategy " + wanted + " is not installed, nor is " + FALLBACK
                                + "; install a strategy bundle, or choose one of " + strategies()
                                + " with strategy-use"));
    }

    private Optional<NamedStrategy> find(String name) {
        return strategies.stream()
                .filter(strategy -> strategy.name().equals(name))
                .findFirst();
    }

    private static NamedStrategy named(Strategy strategy, Map<String, Object> properties) {
        return new NamedStrategy(String.valueOf(properties.get(Strategy.PROPERTY)), strategy);
    }
}
