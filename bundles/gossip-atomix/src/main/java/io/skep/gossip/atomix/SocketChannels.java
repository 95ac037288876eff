package io.skep.gossip.atomix;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.function.Consumer;

/** The channel over one UDP and one TCP port of the same number: small messages as datagrams, large ones as streams. */
final class SocketChannels implements Channel {
    private static final int TRIES_FOR_ANY_PORT = 20;

    private final DatagramPort datagrams;
    private final StreamPort streams;
    private final Endpoint endpoint;

    /**
     * @param advertise the address that other nodes are told
     * @param port 0 for any free one
     */
    SocketChannels(Reactor reactor, KeyRing ring, InetAddress bind, String advertise, int port) {
        Ports ports = bind(bind, port);
        endpoint = new Endpoint(advertise, ports.number);
        datagrams = new DatagramPort(reactor, ports.udp, new DatagramSeal(ring));
        streams = new StreamPort(reactor, ports.tcp, ring);
    }

    private record Ports(ServerSocketChannel tcp, DatagramChannel udp, int number) {}

    private static Ports bind(InetAddress address, int port) {
        for (int tries = 1; ; tries++) {
            try {
                return bindBoth(address, port);
            } catch (IOException e) {
                if (port != 0 || tries == TRIES_FOR_ANY_PORT) {
                    throw new SkepException(
                            ErrorCode.ALREADY_EXISTS,
                            "gossip cannot listen on " + address.getHostAddress() + ":" + port + " (" + e.getMessage()
                                    + "); stop what uses the port and repeat with bundle:restart io.skep.gossip-atomix, or set bind and port"
                                    + " in io.skep.gossip.atomix.cfg",
                            e);
                }
            }
        }
    }

    private static Ports bindBoth(InetAddress address, int port) throws IOException {
        ServerSocketChannel tcp = ServerSocketChannel.open();
        DatagramChannel udp = DatagramChannel.open();
        try {
            tcp.bind(new InetSocketAddress(address, port));
            int number = ((InetSocketAddress) tcp.getLocalAddress()).getPort();
            udp.bind(new InetSocketAddress(address, number));
            return new Ports(tcp, udp, number);
        } catch (IOException e) {
            Reactor.closeQuietly(tcp);
            Reactor.closeQuietly(udp);
            throw e;
        }
    }

    @Override
    public void open(Consumer<byte[]> receiver) {
        datagrams.open(receiver);
        streams.open(receiver);
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void send(Endpoint to, byte[] message) {
        if (message.length <= DatagramPort.LARGEST_MESSAGE) {
            datagrams.send(to, message);
        } else if (message.length <= LARGEST_MESSAGE) {
            streams.send(to, message);
        }
    }
}
