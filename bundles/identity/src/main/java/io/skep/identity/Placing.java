package io.skep.identity;

import io.skep.api.identity.Addresses;
import io.skep.api.identity.ManagerAddress;
import io.skep.identity.host.AddressChoice;
import io.skep.identity.host.HostPort;
import io.skep.identity.host.HostView;
import io.skep.identity.host.Place;
import java.util.List;
import java.util.function.Function;

/** Looks at the host when an address is to be chosen. */
final class Placing {
    /** Where a manager listens when nothing else is known of it. */
    static final int USUAL_PORT = 2377;

    private final Function<List<String>, HostView> hosts;
    private final int port;

    /**
     * A way to choose.
     *
     * @param hosts how this host looks, on the way to others
     * @param port where it listens when nothing else is said
     */
    Placing(Function<List<String>, HostView> hosts, int port) {
        this.hosts = hosts;
        this.port = port;
    }

    /** For the first node of a swarm. */
    Place alone(Addresses said) {
        return new AddressChoice(hosts.apply(List.of())).choose(said, port);
    }

    /** For a node that these managers are to reach. */
    Place facing(List<HostPort> managers, Addresses said) {
        return new AddressChoice(
                        hosts.apply(managers.stream().map(HostPort::host).toList()))
                .choose(said, port);
    }

    /** For a node that starts again. */
    Place again(NodeFile file, Secrets secrets) {
        List<String> others = secrets.facts().managers().stream()
                .filter(manager -> !manager.nodeId().equals(file.nodeId()))
                .map(ManagerAddress::address)
                .map(address -> HostPort.parse(address, USUAL_PORT).host())
                .toList();
        return new AddressChoice(hosts.apply(others)).again(file.place());
    }
}
