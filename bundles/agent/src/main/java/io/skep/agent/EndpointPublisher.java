package io.skep.agent;

import io.skep.api.gossip.Gossip;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.api.network.SegmentConfig;
import io.skep.model.Endpoint;
import io.skep.model.SkepException;
import io.skep.model.StandingSegment;
import io.skep.model.codec.Codec;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the gossip what this node's endpoints and networks are; made anew with every gossip engine. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.skep.agent")
public final class EndpointPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointPublisher.class);

    /** Whether the node ends as a whole. */
    private final BooleanSupplier ending;

    private final Gossip gossip;
    private final LocalEndpoints endpoints;
    private final Scope scope;
    private final Runnable watch;

    @Activate
    public EndpointPublisher(
            BundleContext context,
            @Reference(name = "gossip", target = "(engine=atomix)") Gossip gossip,
            @Reference LocalEndpoints endpoints,
            @Reference EventLoop loop) {
        this(() -> ending(context), gossip, endpoints, loop);
    }

    EndpointPublisher(BooleanSupplier ending, Gossip gossip, LocalEndpoints endpoints, EventLoop loop) {
        this.ending = ending;
        this.gossip = gossip;
        this.endpoints = endpoints;
        scope = loop.open("endpoint-publisher");
        publish(Gossip.PAUSES, Map.of());
        watch = endpoints.watch(scope, this::publish);
    }

    private static boolean ending(BundleContext context) {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.STOPPING;
    }

    @Deactivate
    void stop() {
        watch.run();
        scope.close();
        // A node that ends as a whole may be about to lose its power: its containers are not to be counted on.
        if (!ending.getAsBoolean()) {
            publish(Gossip.PAUSES, Map.of("gossip", new byte[0]));
        }
    }

    /** Networks first: nobody sends to an endpoint on a network that is not known to stand here. */
    private void publish() {
        endpoints.segments().ifPresent(segments -> {
            Map<String, byte[]> entries = new TreeMap<>();
            for (SegmentConfig segment : segments) {
                StandingSegment told = new StandingSegment(segment.networkId(), segment.address(), segment.underlay());
                entries.put(segment.networkId(), Codec.toBytes(told));
            }
            publish(StandingSegment.TABLE, entries);
        });
        endpoints.stated().ifPresent(stated -> {
            Map<String, byte[]> entries = new TreeMap<>();
            for (Endpoint endpoint : stated.values()) {
                entries.put(endpoint.taskId(), Codec.toBytes(endpoint));
            }
            publish(Endpoint.TABLE, entries);
        });
    }

    private void publish(String table, Map<String, byte[]> entries) {
        try {
            gossip.publish(table, entries);
        } catch (SkepException refused) {
            // A gossip that stops is followed by another publisher; anything else must not end this one.
            LOG.warn("the {} of this node could not be published: {}", table, refused.getMessage());
        }
    }
}
