package io.skep.discovery;

import io.skep.api.network.ServiceAddress;
import io.skep.model.Endpoint;
import io.skep.model.Endpoint.Attachment;
import io.skep.model.net.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names on every network, seen by who asks: a container finds only what shares a network with it. Immutable once
 * made.
 */
final class NameTable {
    private static final Comparator<String> BY_NUMBER = Comparator.comparingLong(Subnet::parseAddress);

    private final Map<String, Net> nets = new TreeMap<>();
    private final Map<String, Set<String>> netsByAddress = new TreeMap<>();

    /** One network: its subnet, addresses by name, and a name by address. */
    private static final class Net {
        private final Subnet subnet;
        private final Map<String, Set<String>> addresses = new TreeMap<>();
        private final Map<String, String> names = new TreeMap<>();

        Net(String subnet) {
            this.subnet = Subnet.parse(subnet);
        }

        void add(Attachment attachment) {
            boolean virtual = !attachment.virtualAddress().isEmpty();
            String service = virtual ? attachment.virtualAddress() : attachment.address();
            attachment.names().forEach(name -> add(name, attachment.address()));
            attachment.aliases().forEach(alias -> add(alias, service));
        }

        private void add(String name, String address) {
            addresses
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new TreeSet<>(BY_NUMBER))
                    .add(address);
            names.putIfAbsent(address, name);
        }
    }

    private NameTable() {}

    static NameTable of(List<Endpoint> endpoints, List<ServiceAddress> services) {
        NameTable table = new NameTable();
        endpoints.forEach(table::add);
        services.forEach(table::add);
        return table;
    }

    /**
     * The addresses of a name; empty when it is not a name of the asker's networks.
     *
     * @param asker the address that the question came from
     * @param name without a dot at the end
     */
    List<String> addresses(String asker, String name) {
        Set<String> found = new TreeSet<>(BY_NUMBER);
        for (Net net : netsOf(asker)) {
            found.addAll(net.addresses.getOrDefault(name.toLowerCase(Locale.ROOT), Set.of()));
        }
        return List.copyOf(found);
    }

    /** The name of an address on one of the asker's networks. */
    Optional<String> name(String asker, String address) {
        return netsOf(asker).stream()
                .flatMap(net -> Optional.ofNullable(net.names.get(address)).stream())
                .findFirst();
    }

    /** True when the address lies in a network of the swarm that is reached from here: nobody else knows its name. */
    boolean owns(String address) {
        long number = Subnet.parseAddress(address);
        return nets.values().stream().anyMatch(net -> net.subnet.contains(number));
    }

    private void add(Endpoint endpoint) {
        Set<String> ids = new TreeSet<>();
        for (Attachment attachment : endpoint.attachments()) {
            ids.add(attachment.networkId());
            net(attachment.networkId(), attachment.subnet()).add(attachment);
            netsByAddress.put(attachment.address(), ids);
        }
    }

    private void add(ServiceAddress service) {
        Net net = net(service.networkId(), service.subnet());
        service.names().forEach(name -> net.add(name, service.address()));
    }

    private Net net(String id, String subnet) {
        return nets.computeIfAbsent(id, key -> new Net(subnet));
    }

    /** A container that starts may ask before its own endpoint is known; its address still tells one of its networks. */
    private List<Net> netsOf(String asker) {
        Set<String> ids = netsByAddress.getOrDefault(asker, Set.of());
        List<Net> found = new ArrayList<>();
        if (ids.isEmpty()) {
            long number = Subnet.parseAddress(asker);
            nets.values().stream().filter(net -> net.subnet.contains(number)).forEach(found::add);
            return found;
        }
        ids.forEach(id -> found.add(nets.getOrDefault(id, new Net("0.0.0.0/32"))));
        return found;
    }
}
