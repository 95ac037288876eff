package io.skep.manager;

import io.skep.api.network.ServiceAddress;
import io.skep.api.stack.StackSpec;
import io.skep.api.store.Applied;
import io.skep.model.EndpointSpec;
import io.skep.model.Network;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.Service;
import io.skep.model.ServiceSpec;
import io.skep.model.VirtualIp;
import io.skep.model.table.Change;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which services a network has by name, whether tasks of them run or not; pure. */
final class ServiceAddresses {
    private ServiceAddresses() {}

    /** By network, in the order of the services' ids. */
    static Map<String, List<ServiceAddress>> of(Snapshot cluster) {
        Map<String, List<ServiceAddress>> networks = new TreeMap<>();
        for (Service service : cluster.all(Table.SERVICES)) {
            for (ServiceAddress address : of(cluster, service)) {
                networks.computeIfAbsent(address.networkId(), id -> new ArrayList<>())
                        .add(address);
            }
        }
        return networks;
    }

    /** True when a transaction changed the address or a name of a service; most changes of services do not. */
    static boolean changed(Snapshot before, Applied applied) {
        return applied.changes().stream()
                .filter(change -> change.table() == Table.SERVICES)
                .map(Change::id)
                .anyMatch(id -> !of(before, id).equals(of(applied.snapshot(), id)));
    }

    private static List<ServiceAddress> of(Snapshot cluster, String serviceId) {
        return cluster.find(Table.SERVICES, serviceId)
                .map(service -> of(cluster, service))
                .orElse(List.of());
    }

    private static List<ServiceAddress> of(Snapshot cluster, Service service) {
        boolean named = !service.removing() && service.spec().endpointSpec().mode() == EndpointSpec.Mode.VIP;
        return named
                ? service.virtualIps().stream()
                        .flatMap(ip -> cluster.find(Table.NETWORKS, ip.networkId()).stream()
                                .map(network -> address(service.spec(), ip, network)))
                        .toList()
                : List.of();
    }

    private static ServiceAddress address(ServiceSpec spec, VirtualIp ip, Network network) {
        Stream<String> aliases = spec.taskTemplate().networks().stream()
                .filter(joined -> joined.target().equals(network.id()))
                .map(NetworkAttachmentConfig::aliases)
                .flatMap(List::stream);
        Stream<String> own = Stream.of(spec.name(), StackSpec.nameInFile(spec.name(), spec.labels()));
        return new ServiceAddress(
                network.id(),
                network.subnet(),
                ip.addr(),
                Stream.concat(own, aliases).distinct().toList());
    }
}
