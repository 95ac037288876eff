package io.skep.manager;

import io.skep.model.net.Subnet;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The subnets that this host has an address in; a network of the swarm must not hide them. */
final class HostSubnets {
    private HostSubnets() {}

    static List<Subnet> taken() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(network -> network.getInterfaceAddresses().stream())
                    .filter(address -> address.getAddress() instanceof Inet4Address)
                    .map(HostSubnets::subnet)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static Subnet subnet(InterfaceAddress address) {
        return Subnet.parse(address.getAddress().getHostAddress() + "/" + address.getNetworkPrefixLength());
    }
}
