package io.skep.discovery;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Answers the containers' DNS questions from the last names it was told, whether gossip runs or not. The network driver leads what
 * containers ask their gateway to its port, with their own addresses as the source.
 */
@Component(service = NameServer.class, immediate = true, configurationPid = Settings.PID)
@Designate(ocd = Settings.class)
public final class NameServer {
    private final DnsEdge edge;

    @Activate
    public NameServer(
            Settings settings, @Reference(policyOption = ReferencePolicyOption.GREEDY) EndpointMemory memory) {
        this(settings.port(), Path.of(settings.resolvConf()), memory);
    }

    NameServer(int port, Path resolvConf, EndpointMemory memory) {
        edge = new DnsEdge(
                port,
                new Upstreams(resolvConf),
                new Answerer(NameTable.of(memory.known().values().toList(), memory.services())));
        edge.start();
    }

    @Deactivate
    void stop() {
        edge.stop();
    }

    /** Answers from these names from now on; any thread. */
    void publish(NameTable names) {
        edge.answerer(new Answerer(names));
    }
}
