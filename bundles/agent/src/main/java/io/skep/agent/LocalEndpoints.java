package io.skep.agent;

import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.network.SegmentConfig;
import io.skep.api.network.ServiceAddress;
import io.skep.model.Endpoint;
import io.skep.model.SkepException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The endpoints of this node's running tasks, its networks, and the services on them. It needs neither managers nor gossip, so it outlives their swaps: what an agent that is made anew has not looked
 * at yet stays reachable. Fields belong to the loop.
 */
@Component(service = LocalEndpoints.class)
public final class LocalEndpoints {
    private final Scope scope;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private Optional<Map<String, Endpoint>> stated = Optional.empty();
    private Optional<List<ServiceAddress>> services = Optional.empty();
    private Optional<List<SegmentConfig>> segments = Optional.empty();

    @Activate
    public LocalEndpoints(@Reference EventLoop loop) {
        scope = loop.open("endpoints");
    }

    @Deactivate
    void stop() {
        scope.close();
    }

    /** What is known, once the agent has looked at everything on this node; on the loop. */
    Optional<Map<String, Endpoint>> stated() {
        return stated;
    }

    /** The services of this node's networks, as the managers told them last; on the loop. */
    Optional<List<ServiceAddress>> services() {
        return services;
    }

    /** Replaces what is known of services; on the loop. */
    void services(List<ServiceAddress> told) {
        services = Optional.of(told);
        watchers.forEach(Runnable::run);
    }

    /** The networks of this node; on the loop. */
    Optional<List<SegmentConfig>> segments() {
        return segments;
    }

    /** Replaces what is known of this node's networks; on the loop. */
    void segments(List<SegmentConfig> standing) {
        if (!segments.equals(Optional.of(standing))) {
            segments = Optional.of(standing);
            watchers.forEach(Runnable::run);
        }
    }

    /** Tells at once and after every change, on the loop. */
    Runnable watch(Scope owner, Runnable watcher) {
        Runnable inOwner = () -> {
            try {
                owner.execute(watcher);
            } catch (SkepException closed) {
                // it has gone and watches no more
            }
        };
        watchers.add(inOwner);
        inOwner.run();
        return () -> watchers.remove(inOwner);
    }

    /** Adds or replaces an endpoint; on the loop. */
    void put(Endpoint endpoint) {
        if (!endpoint.equals(endpoints.put(endpoint.taskId(), endpoint))) {
            changed();
        }
    }

    /** Withdraws an endpoint; on the loop. */
    void remove(String taskId) {
        if (endpoints.remove(taskId) != null) {
            changed();
        }
    }

    /** Everything on this node was looked at: from now on what is not here is not there. Withdraws what nobody spoke for; on the loop. */
    void complete(Set<String> running) {
        endpoints.keySet().retainAll(running);
        stated = Optional.of(Map.copyOf(endpoints));
        watchers.forEach(Runnable::run);
    }

    private void changed() {
        if (stated.isPresent()) {
            stated = Optional.of(Map.copyOf(endpoints));
            watchers.forEach(Runnable::run);
        }
    }
}
