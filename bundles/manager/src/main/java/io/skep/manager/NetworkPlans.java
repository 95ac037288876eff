package io.skep.manager;

import io.skep.model.ErrorCode;
import io.skep.model.Network;
import io.skep.model.NetworkSpec;
import io.skep.model.Service;
import io.skep.model.SkepException;
import io.skep.model.Swarm;
import io.skep.model.net.Subnet;
import io.skep.model.net.Subnets;
import io.skep.model.table.Change;
import io.skep.model.table.Lookup;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What creating and removing a network changes; pure. */
final class NetworkPlans {
    /** The network that carries published ports of services without one of their own. */
    static final String INGRESS = "ingress";

    /** Docker Swarm's first one, too. */
    static final int FIRST_VNI = 4096;

    private static final int LEAST = 8;
    private static final String LOCAL = "bridge";

    private NetworkPlans() {}

    static String idOf(String name, Ids ids) {
        return ids.of("network/" + name);
    }

    static Optional<Network> ingress(Snapshot cluster) {
        return cluster.all(Table.NETWORKS).stream()
                .filter(network -> network.spec().ingress())
                .findFirst();
    }

    /**
     * Creates a network.
     *
     * @param host subnets that this host uses otherwise
     */
    static List<Change> create(Snapshot cluster, Ids ids, NetworkSpec spec, List<Subnet> host) {
        ServiceRules.name("network", spec.name());
        cluster.networkNamed(spec.name()).ifPresent(other -> {
            throw new SkepException(
                    ErrorCode.ALREADY_EXISTS,
                    "network with name " + spec.name() + " already exists"
                            + (other.removing() ? " and is being removed; try again in a moment" : ""));
        });
        Subnet subnet = subnet(cluster, spec, host);
        String gateway = spec.gateway().isEmpty() ? Subnet.text(subnet.first()) : gateway(spec, subnet);
        Network network = new Network(
                idOf(spec.name(), ids), ids.now(), spec, subnet.toString(), gateway, vni(cluster, spec), false);
        return List.of(Claim.of(cluster), new Change.Put<>(Table.NETWORKS, network, Change.ABSENT));
    }

    /** The lowest number that no other network has; none for a network that the operator wants on each node by itself. */
    private static int vni(Snapshot cluster, NetworkSpec spec) {
        if (spec.driver().equals(LOCAL)) {
            return 0;
        }
        Set<Integer> taken =
                cluster.all(Table.NETWORKS).stream().map(Network::vni).collect(Collectors.toSet());
        return IntStream.iterate(FIRST_VNI, vni -> vni + 1)
                .filter(vni -> !taken.contains(vni))
                .findFirst()
                .orElseThrow();
    }

    /** A network that a service joins stays; one whose last tasks are still stopping goes when they have. */
    static List<Change> remove(Snapshot cluster, String networkId) {
        Network network = Lookup.network(cluster, networkId);
        if (network.spec().ingress()) {
            throw new SkepException(
                    ErrorCode.IN_USE,
                    "network " + network.spec().name() + " carries published ports of the swarm and stays");
        }
        unused(cluster, network);
        return network.removing()
                ? List.of()
                : List.of(
                        Claim.of(cluster),
                        new Change.Put<>(
                                Table.NETWORKS, network.asRemoving(), cluster.versionOf(Table.NETWORKS, network.id())));
    }

    private static void unused(Snapshot cluster, Network network) {
        for (Service service : cluster.all(Table.SERVICES)) {
            boolean joins = service.spec().taskTemplate().networks().stream()
                    .anyMatch(attachment -> attachment.target().equals(network.id()));
            if (joins && !service.removing()) {
                throw new SkepException(
                        ErrorCode.IN_USE,
                        "network " + network.spec().name() + " is in use by service "
                                + service.spec().name() + "; remove the service first");
            }
        }
    }

    private static Subnet subnet(Snapshot cluster, NetworkSpec spec, List<Subnet> host) {
        List<Subnet> taken = new ArrayList<>(host);
        for (Network other : cluster.all(Table.NETWORKS)) {
            Subnet used = Subnet.parse(other.subnet());
            if (!spec.subnet().isEmpty() && used.overlaps(Subnet.parse(spec.subnet()))) {
                throw new SkepException(
                        ErrorCode.ALREADY_EXISTS,
                        "subnet " + spec.subnet() + " overlaps " + other.subnet() + " of network "
                                + other.spec().name() + "; choose another");
            }
            taken.add(used);
        }
        return spec.subnet().isEmpty() ? firstFree(cluster, taken) : given(spec);
    }

    private static Subnet given(NetworkSpec spec) {
        Subnet subnet = Subnet.parse(spec.subnet());
        if (subnet.size() < LEAST) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "subnet " + spec.subnet() + " has no room for a gateway and a container; give a /29 or larger");
        }
        return subnet;
    }

    private static Subnet firstFree(Snapshot cluster, List<Subnet> taken) {
        Swarm swarm = Claim.swarm(cluster);
        return Subnets.firstFree(Subnet.parse(swarm.addressPool()), swarm.subnetSize(), taken)
                .orElseThrow(() -> new SkepException(
                        ErrorCode.EXHAUSTED,
                        "no subnet of size /" + swarm.subnetSize() + " is left in " + swarm.addressPool()
                                + "; remove a network or give --subnet"));
    }

    private static String gateway(NetworkSpec spec, Subnet subnet) {
        long address = Subnet.parseAddress(spec.gateway());
        if (address < subnet.first() || address >= subnet.broadcast()) {
            throw new SkepException(
                    ErrorCode.INVALID_ARGUMENT,
                    "gateway " + spec.gateway() + " is no host address of subnet " + subnet + "; give one inside it");
        }
        return spec.gateway();
    }
}
