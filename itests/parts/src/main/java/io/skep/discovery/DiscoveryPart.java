package io.skep.discovery;

import io.skep.api.gossip.Gossip;
import io.skep.api.network.NetworkDriver;
import io.skep.api.network.ServiceNames;
import io.skep.parts.Kernel;
import java.nio.file.Path;
import java.util.List;

/** Discovery as its bundle starts and stops it, without the socket on which it would answer: its names are asked here. */
public final class DiscoveryPart implements AutoCloseable {
    private final EndpointMemory memory;
    private final EndpointFeed feed;
    private volatile NameTable names = NameTable.of(List.of(), List.of());

    /** Begins with what an earlier run left in {@code directory}. */
    public DiscoveryPart(Path directory, Gossip gossip, NetworkDriver driver, Kernel kernel) {
        memory = new EndpointMemory(directory.resolve("endpoints.cbor"));
        feed = new EndpointFeed(gossip, driver, kernel.loop(), kernel.effects(), memory, told -> names = told);
    }

    /** Where the agent states its services. */
    public ServiceNames services() {
        return memory;
    }

    /** What a container of this address is answered for a name. */
    public List<String> addresses(String asker, String name) {
        return names.addresses(asker, name);
    }

    @Override
    public void close() {
        feed.stop();
    }
}
