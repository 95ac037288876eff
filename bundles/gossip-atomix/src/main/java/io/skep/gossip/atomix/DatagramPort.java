package io.skep.gossip.atomix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The UDP port: what does not fit into the socket's buffers is lost, as on the wire. */
final class DatagramPort {
    /** Fits an Ethernet frame inside a tunnel, so that no datagram is fragmented. */
    static final int LARGEST_MESSAGE = 1_350 - DatagramSeal.OVERHEAD;

    private static final Logger LOG = LoggerFactory.getLogger(DatagramPort.class);
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int AT_ONCE = 64;

    private final Reactor reactor;
    private final DatagramChannel channel;
    private final DatagramSeal seal;
    private final ByteBuffer received = ByteBuffer.allocateDirect(2_048);

    DatagramPort(Reactor reactor, DatagramChannel channel, DatagramSeal seal) {
        this.reactor = reactor;
        this.channel = channel;
        this.seal = seal;
    }

    void open(Consumer<byte[]> receiver) {
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            reactor.register(channel, SelectionKey.OP_READ, key -> read(receiver));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(Endpoint to, byte[] message) {
        try {
            channel.send(ByteBuffer.wrap(seal.seal(message)), to.socketAddress());
        } catch (IOException e) {
            LOG.debug("lost a datagram to {}", to, e);
        }
    }

    /** Reads a bounded number, so that a flood cannot starve the alarms. */
    private void read(Consumer<byte[]> receiver) {
        for (int i = 0; i < AT_ONCE; i++) {
            byte[] datagram = next();
            if (datagram == null) {
                return;
            }
            byte[] message = seal.open(datagram);
            if (message != null) {
                receiver.accept(message);
            }
        }
    }

    private byte @Nullable [] next() {
        try {
            received.clear();
            SocketAddress from = channel.receive(received);
            if (from == null) {
                return null;
            }
            byte[] datagram = new byte[received.flip().remaining()];
            received.get(datagram);
            return datagram;
        } catch (IOException e) {
            LOG.debug("reading a datagram", e);
            return null;
        }
    }
}
