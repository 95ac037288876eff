package io.skep.orchestrator;

import io.skep.model.Network;
import io.skep.model.NetworkAttachment;
import io.skep.model.NetworkAttachmentConfig;
import io.skep.model.net.Subnet;
import io.skep.model.net.Subnets;
import io.skep.model.table.Snapshot;
import io.skep.model.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;

/**
 * Gives addresses of the swarm's networks to tasks, services and nodes, each at most once: next-fit within one decision, starting behind as many
 * addresses as are in use, which in a subnet without gaps is the first free one. Within a decision an address costs one lookup and each
 * obstacle is met once. Unique as long as a decision sees all decisions before it.
 */
final class Addresses {
    private final Snapshot cluster;
    private final Map<String, Optional<Pool>> pools = new HashMap<>();

    Addresses(Snapshot cluster) {
        this.cluster = cluster;
    }

    /**
     * What a task gets.
     *
     * @param attachments one for each network, or none at all
     * @param refusal why there are none; for people
     */
    record Given(List<NetworkAttachment> attachments, String refusal) {}

    /** An address on each of the networks, or on none of them. */
    Given give(List<NetworkAttachmentConfig> networks) {
        List<NetworkAttachment> given = new ArrayList<>();
        for (NetworkAttachmentConfig network : networks) {
            OptionalLong address = pool(network.target()).map(Pool::next).orElse(OptionalLong.empty());
            if (address.isEmpty()) {
                given.forEach(this::takeBack);
                return new Given(List.of(), refusal(network.target()));
            }
            given.add(new NetworkAttachment(network.target(), Subnet.text(address.getAsLong())));
        }
        return new Given(given, "");
    }

    /** A node's own address on a network: the network's gateway for the first node, which is then a network as one host has it. */
    OptionalLong forNode(String networkId) {
        return pool(networkId).map(Pool::forNode).orElse(OptionalLong.empty());
    }

    private void takeBack(NetworkAttachment attachment) {
        pool(attachment.networkId()).ifPresent(pool -> pool.given.remove(Subnet.parseAddress(attachment.address())));
    }

    private String refusal(String networkId) {
        return cluster.find(Table.NETWORKS, networkId)
                .map(network -> "no free address in " + network.subnet() + " of network "
                        + network.spec().name())
                .orElse("no network " + networkId);
    }

    private Optional<Pool> pool(String networkId) {
        return pools.computeIfAbsent(networkId, id -> cluster.find(Table.NETWORKS, id)
                .map(network -> new Pool(network, cluster.addressesOf(id))));
    }

    /** The addresses of one network. */
    private static final class Pool {
        private final Subnet subnet;
        private final long gateway;
        private final SortedMap<String, String> used;
        private final Set<Long> given = new HashSet<>();
        private long last;
        private boolean exhausted;

        Pool(Network network, SortedMap<String, String> used) {
            subnet = Subnet.parse(network.subnet());
            gateway = Subnet.parseAddress(network.gateway());
            this.used = used;
            last = subnet.network() + used.size();
        }

        OptionalLong next() {
            OptionalLong address = exhausted ? OptionalLong.empty() : Subnets.nextFree(subnet, last, this::taken);
            exhausted = address.isEmpty();
            address.ifPresent(number -> {
                given.add(number);
                last = number;
            });
            return address;
        }

        OptionalLong forNode() {
            return used.containsKey(Subnet.text(gateway)) ? next() : OptionalLong.of(gateway);
        }

        private boolean taken(long address) {
            return address == gateway || given.contains(address) || used.containsKey(Subnet.text(address));
        }
    }
}
