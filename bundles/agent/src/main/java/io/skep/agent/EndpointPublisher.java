package io.skep.agent;

import io.skep.api.gossip.Gossip;
import io.skep.api.kernel.EventLoop;
import io.skep.api.kernel.Scope;
import io.skep.model.Endpoint;
import io.skep.model.codec.Codec;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Tells the gossip what this node's endpoints are; made anew with every gossip engine. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.skep.agent")
public final class EndpointPublisher {
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
            gossip.publish(Endpoint.TABLE, entries);
        });
    }
}
