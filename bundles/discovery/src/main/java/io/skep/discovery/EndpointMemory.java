package io.skep.discovery;

import com.fasterxml.jackson.core.type.TypeReference;
import io.skep.api.network.ServiceAddress;
import io.skep.api.network.ServiceNames;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the services that the agent states, and the last known endpoints while gossip is swapped, these also in a file while the node restarts: routes and names then
 * begin as they were and not empty. Immediate, so that it stays when the feed, its only user, goes. Losing the file costs names until the nodes have told again, nothing else.
 */
@Component(
        service = {EndpointMemory.class, ServiceNames.class},
        immediate = true)
public final class EndpointMemory implements ServiceNames {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointMemory.class);
    private static final TypeReference<Map<String, Map<String, byte[]>>> TABLE = new TypeReference<>() {};

    private final Path file;
    private volatile Known known;
    private volatile Known written;
    private volatile List<ServiceAddress> services = List.of();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    @Activate
    public EndpointMemory(BundleContext context) {
        this(context.getDataFile("endpoints.cbor").toPath());
    }

    EndpointMemory(Path file) {
        this.file = file;
        this.known = read(file);
        this.written = known;
    }

    /** What was known last. */
    Known known() {
        return known;
    }

    /** The services that were stated last; none after a restart of the node, until its agent has heard of them. */
    List<ServiceAddress> services() {
        return services;
    }

    @Override
    public void state(List<ServiceAddress> stated) {
        if (!stated.equals(services)) {
            services = List.copyOf(stated);
            watchers.forEach(Runnable::run);
        }
    }

    /** Tells of every change of the services, on any thread, until the answer is run. */
    Runnable watch(Runnable watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** Remembers; blocks when it is news. A file that could not be written is tried again the next time. */
    void keep(Known news) {
        known = news;
        if (news == written) {
            return;
        }
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(draft, Codec.toBytes(news.bytes()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = news;
        } catch (IOException e) {
            LOG.warn("cannot keep the endpoints for the next start in {}; is its disk full?", file, e);
        }
    }

    private static Known read(Path file) {
        if (!Files.exists(file)) {
            return Known.NOTHING;
        }
        try {
            return Known.of(Codec.cbor().readValue(Files.readAllBytes(file), TABLE));
        } catch (IOException e) {
            LOG.warn("cannot read the endpoints of the last run from {}; they are learned anew", file, e);
            return Known.NOTHING;
        }
    }
}
