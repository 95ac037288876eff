package io.skep.agent;

import io.skep.api.gossip.Gossip;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.model.Endpoint;
import io.skep.model.SkepException;
import io.skep.model.codec.Codec;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the gossip what this node's endpoints are; made anew with every gossip engine. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.skep.agent")
public final class EndpointPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointPublisher.class);

    private final Gossip gossip;
    private final LocalEndpoints endpoints;
    private final Scope scope;
    private final Runnable watch;

    @Activate
    public EndpointPublisher(
            @Reference(name = "gossip", target = "(engine=atomix)") Gossip gossip,
            @Reference LocalEndpoints endpoints,
            @Reference EventLoop loop) {
        this.gossip = gossip;
        this.endpoints = endpoints;
        scope = loop.open("endpoint-publisher");
        watch = endpoints.watch(scope, this::publish);
    }

    @Deactivate
    void stop() {
        watch.run();
        scope.close();
    }

    private void publish() {
        endpoints.stated().ifPresent(stated -> {
            Map<String, byte[]> entries = new TreeMap<>();
            for (Endpoint endpoint : stated.values()) {
                entries.put(endpoint.taskId(), Codec.toBytes(endpoint));
            }
            try {
                gossip.publish(Endpoint.TABLE, entries);
            } catch (SkepException refused) {
                // A gossip that stops is followed by another publisher; anything else must not end this one.
                LOG.warn("the endpoints of this node could not be published: {}", refused.getMessage());
            }
        });
    }
}
