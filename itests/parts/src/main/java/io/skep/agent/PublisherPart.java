package io.skep.agent;

import io.skep.api.gossip.Gossip;
import io.skep.api.network.ServiceNames;
import io.skep.parts.Kernel;

/** What tells gossip and discovery of a node's endpoints, networks and services, as the agent's bundle starts and a node's end stops it. */
public final class PublisherPart implements AutoCloseable {
    private final EndpointPublisher endpoints;
    private final ServicePublisher services;

    public PublisherPart(Gossip gossip, ServiceNames names, AgentPart.Endpoints stated, Kernel kernel) {
        endpoints = new EndpointPublisher(() -> true, gossip, stated.endpoints(), kernel.loop());
        services = new ServicePublisher(names, stated.endpoints(), kernel.loop());
    }

    @Override
    public void close() {
        services.stop();
        endpoints.stop();
    }
}
