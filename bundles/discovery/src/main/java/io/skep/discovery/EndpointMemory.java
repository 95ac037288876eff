package io.skep.discovery;

import com.fasterxml.jackson.core.type.TypeReference;
import io.skep.api.network.ServiceAddress;
import io.skep.api.network.ServiceNames;
import io.skep.model.Endpoint;
import io.skep.model.StandingSegment;
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
 * Keeps the services that the agent states, and the last known endpoints and segments while gossip is swapped, these also in files while the node restarts: routes and names then
 * begin as they were and not empty. Immediate, so that it stays when the feed, its only user, goes. Losing the files costs names until the nodes have told again, nothing else.
 */
@Component(
        service = {EndpointMemory.class, ServiceNames.class},
        immediate = true)
public final class EndpointMemory implements ServiceNames {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointMemory.class);
    private static final TypeReference<Map<String, Map<String, byte[]>>> TABLE = new TypeReference<>() {};

    private final Path endpointsFile;
    private final Path segmentsFile;
    private volatile Known<Endpoint> known;
    private volatile Known<StandingSegment> segments;
    private volatile Known<Endpoint> writtenEndpoints;
    private volatile Known<StandingSegment> writtenSegments;
    private volatile List<ServiceAddress> services = List.of();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    @Activate
    public EndpointMemory(BundleContext context) {
        this(context.getDataFile("endpoints.cbor").toPath());
    }

    EndpointMemory(Path file) {
        this.endpointsFile = file;
        this.segmentsFile = file.resolveSibling("segments.cbor");
        this.known = Known.endpoints(read(endpointsFile));
        this.segments = Known.segments(read(segmentsFile));
        this.writtenEndpoints = known;
        this.writtenSegments = segments;
    }

    /** The endpoints that were known last. */
    Known<Endpoint> known() {
        return known;
    }

    /** The segments that were known last. */
    Known<StandingSegment> segments() {
        return segments;
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
    void keep(Known<Endpoint> newEndpoints, Known<StandingSegment> newSegments) {
        known = newEndpoints;
        segments = newSegments;
        if (newEndpoints != writtenEndpoints && write(endpointsFile, newEndpoints)) {
            writtenEndpoints = newEndpoints;
        }
        if (newSegments != writtenSegments && write(segmentsFile, newSegments)) {
            writtenSegments = newSegments;
        }
    }

    private static boolean write(Path file, Known<?> news) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(draft, Codec.toBytes(news.bytes()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            LOG.warn("cannot keep for the next start what other nodes told in {}; is its disk full?", file, e);
            return false;
        }
    }

    private static Map<String, Map<String, byte[]>> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return Codec.cbor().readValue(Files.readAllBytes(file), TABLE);
        } catch (IOException e) {
            LOG.warn("cannot read what other nodes told in the last run from {}; it is learned anew", file, e);
            return Map.of();
        }
    }
}
