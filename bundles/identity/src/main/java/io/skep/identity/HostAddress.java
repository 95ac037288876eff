package io.skep.identity;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;

/** Chooses the address under which other nodes reach this host. */
final class HostAddress {
    private HostAddress() {}

    /** The given address if it is one, else the first IPv4 address of a physical interface, else loopback. */
    static String advertised(Optional<String> wanted) {
        if (wanted.isPresent()) {
            return literal(wanted.get());
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(HostAddress::faces)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException e) {
            return "127.0.0.1";
        }
    }

    /** Bridges and the host's ends of containers' cables lead to no other host. */
    private static boolean faces(NetworkInterface network) {
        try {
            String name = network.getName();
            return network.isUp()
                    && !network.isLoopback()
                    && !name.startsWith("docker")
                    && !name.startsWith("skep")
                    && !name.startsWith("br-")
                    && !name.startsWith("veth");
        } catch (SocketException e) {
            return false;
        }
    }

    private static String literal(String text) {
        boolean numeric = text.matches("[0-9.]+") || text.contains(":");
        try {
            if (numeric) {
                return InetAddress.getByName(text).getHostAddress();
            }
        } catch (UnknownHostException e) {
            // told below, as for every text that is no address
        }
        throw new SkepException(
                ErrorCode.INVALID_ARGUMENT,
                "'" + text + "' is not an IP address; give one of this host, such as 192.0.2.10");
    }
}
