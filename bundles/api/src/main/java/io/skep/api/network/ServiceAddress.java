package io.skep.api.network;

import java.util.List;

/**
 * The address that stands for a service on a network, whether tasks of it run or not.
 *
 * @param networkId which network
 * @param subnet CIDR of the whole network
 * @param address the virtual address, inside the subnet
 * @param names that lead to it on this network
 */
public record ServiceAddress(String networkId, String subnet, String address, List<String> names) {
    public ServiceAddress {
        names = List.copyOf(names);
    }
}
