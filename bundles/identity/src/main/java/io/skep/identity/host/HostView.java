package io.skep.identity.host;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What this host's network looks like.
 *
 * @param interfaces those that are up
 * @param route the address from which this host would reach the one that was asked for; empty when it has no way there
 */
public record HostView(List<Interface> interfaces, Optional<String> route) {
    /** Stands for the rest of the world: an address for documentation (RFC 5737), to which nothing is sent. */
    private static final String ANYWHERE = "192.0.2.1";

    public HostView {
        interfaces = List.copyOf(interfaces);
    }

    /**
     * One interface.
     *
     * @param name such as {@code eth0}
     * @param loopback leads nowhere
     * @param addresses IPv4
     */
    public record Interface(String name, boolean loopback, List<String> addresses) {
        public Interface {
            addresses = List.copyOf(addresses);
        }
    }

    /** This host now, and its default route. */
    public static HostView now() {
        return towards(List.of());
    }

    /**
     * This host now, and its way to the first of these hosts that there is a way to; to anywhere when they are none. Blocking where
     * a name must be looked up.
     */
    public static HostView towards(List<String> hosts) {
        List<Interface> interfaces = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces().forEach(one -> describe(one).ifPresent(interfaces::add));
        } catch (SocketException e) {
            throw new UncheckedIOException("the interfaces of this host cannot be listed", e);
        }
        List<String> targets = hosts.isEmpty() ? List.of(ANYWHERE) : hosts;
        return new HostView(
                interfaces,
                targets.stream().map(HostView::source).flatMap(Optional::stream).findFirst());
    }

    private static Optional<Interface> describe(NetworkInterface one) {
        try {
            List<String> addresses = one.inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .toList();
            return one.isUp()
                    ? Optional.of(new Interface(one.getName(), one.isLoopback(), addresses))
                    : Optional.empty();
        } catch (SocketException e) {
            return Optional.empty(); // it went while it was looked at
        }
    }

    /** The kernel chooses the source address when a datagram socket is connected; that sends nothing. */
    private static Optional<String> source(String host) {
        try (DatagramSocket socket = new DatagramSocket()) {
            Optional<InetAddress> target = Arrays.stream(InetAddress.getAllByName(host))
                    .filter(Inet4Address.class::isInstance)
                    .findFirst();
            if (target.isEmpty()) {
                return Optional.empty();
            }
            socket.connect(new InetSocketAddress(target.get(), 9));
            return Optional.of(socket.getLocalAddress())
                    .filter(address -> !address.isAnyLocalAddress())
                    .map(InetAddress::getHostAddress);
        } catch (SocketException | UnknownHostException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
