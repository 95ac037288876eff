package io.skep.orchestrator;

import io.skep.model.PortConfig;
import io.skep.model.PortConfig.Protocol;
import io.skep.model.PortConfig.PublishMode;
import io.skep.model.Service;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the published ports of a service: those that its spec names as they are, and for each ingress port that it leaves open the one it
 * had before, else the first of 30000–32767 that no service has. When all are taken the port stays open, that is zero.
 */
final class PublishedPorts {
    private static final int FIRST = 30_000;
    private static final int LAST = 32_767;

    private final Snapshot cluster;
    private final Service service;
    private final List<PortConfig> wanted;

    PublishedPorts(Snapshot cluster, Service service) {
        this.cluster = cluster;
        this.service = service;
        wanted = service.spec().endpointSpec().ports();
    }

    /** A published port of the whole swarm. */
    private record Taken(Protocol protocol, int port) {}

    /** The ports in the order of the spec. */
    List<PortConfig> choose() {
        List<PortConfig> kept = new ArrayList<>(service.ports());
        List<PortConfig> chosen = new ArrayList<>();
        for (PortConfig port : wanted) {
            Optional<PortConfig> before = open(port) ? had(kept, port) : Optional.empty();
            before.ifPresent(kept::remove);
            chosen.add(before.orElse(port));
        }
        if (chosen.stream().anyMatch(PublishedPorts::open)) {
            fill(chosen);
        }
        return chosen;
    }

    private void fill(List<PortConfig> chosen) {
        Set<Taken> taken = takenByOthers();
        chosen.forEach(port -> taken.add(new Taken(port.protocol(), port.publishedPort())));
        for (int i = 0; i < chosen.size(); i++) {
            if (open(chosen.get(i))) {
                chosen.set(i, firstFree(chosen.get(i), taken));
            }
        }
    }

    private static PortConfig firstFree(PortConfig port, Set<Taken> taken) {
        for (int number = FIRST; number <= LAST; number++) {
            if (taken.add(new Taken(port.protocol(), number))) {
                return port.withPublishedPort(number);
            }
        }
        return port;
    }

    private Set<Taken> takenByOthers() {
        Set<Taken> taken = new HashSet<>();
        for (Service other : cluster.all(Table.SERVICES)) {
            for (PortConfig port : other.id().equals(service.id()) ? List.<PortConfig>of() : other.ports()) {
                if (port.publishMode() == PublishMode.INGRESS) {
                    taken.add(new Taken(port.protocol(), port.publishedPort()));
                }
            }
        }
        return taken;
    }

    private Optional<PortConfig> had(List<PortConfig> kept, PortConfig open) {
        return kept.stream()
                .filter(port -> port.publishedPort() >= FIRST
                        && port.publishedPort() <= LAST
                        && port.withPublishedPort(0).equals(open)
                        && wanted.stream()
                                .noneMatch(other -> other.protocol() == port.protocol()
                                        && other.publishedPort() == port.publishedPort()))
                .findFirst();
    }

    private static boolean open(PortConfig port) {
        return port.publishMode() == PublishMode.INGRESS && port.publishedPort() == 0;
    }
}
