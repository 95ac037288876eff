package io.skep.gossip.atomix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TCP port: a connection goes one way, from the sender of large messages to the receiver, and ends when it idles. */
final class StreamPort {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPort.class);
    private static final Duration OUTGOING_IDLE = Duration.ofSeconds(10);
    /** Longer, so that it is the sender who ends a connection and nothing is under way then. */
    private static final Duration INCOMING_IDLE = Duration.ofSeconds(30);

    private static final int MOST_INCOMING = 512;

    private final Reactor reactor;
    private final ServerSocketChannel server;
    private final KeyRing ring;
    private final Map<Endpoint, OutgoingStream> outgoing = new HashMap<>();
    private int incoming;

    StreamPort(Reactor reactor, ServerSocketChannel server, KeyRing ring) {
        this.reactor = reactor;
        this.server = server;
        this.ring = ring;
    }

    void open(Consumer<byte[]> receiver) {
        try {
            reactor.register(server, SelectionKey.OP_ACCEPT, accepting -> accept(receiver));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Consumer<byte[]> receiver) {
        try {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            if (incoming >= MOST_INCOMING) {
                Reactor.closeQuietly(channel);
                return;
            }
            incoming++;
            IncomingStream stream = new IncomingStream(channel, ring, receiver, () -> incoming--);
            reactor.register(channel, SelectionKey.OP_READ, readable -> stream.read());
            watch(stream, INCOMING_IDLE);
        } catch (IOException e) {
            LOG.debug("accepting a gossip connection", e);
        }
    }

    void send(Endpoint to, byte[] message) {
        OutgoingStream stream = outgoing.get(to);
        // one that was sealed with an older key ends when it idles
        if (stream == null || !stream.sealsWith(ring.current())) {
            stream = connect(to);
            if (stream == null) {
                return;
            }
        }
        stream.send(message);
    }

    private @Nullable OutgoingStream connect(Endpoint to) {
        try {
            OutgoingStream stream =
                    new OutgoingStream(reactor, to, ring.current(), closed -> outgoing.remove(to, closed));
            outgoing.put(to, stream);
            watch(stream, OUTGOING_IDLE);
            return stream;
        } catch (IOException e) {
            LOG.debug("no connection to {}", to, e);
            return null;
        }
    }

    /** Ends a stream that carried nothing since the last look. */
    private void watch(IdleStream stream, Duration idle) {
        reactor.after(idle, () -> {
            if (stream.endIfIdle()) {
                return;
            }
            watch(stream, idle);
        });
    }

    /** What can be ended when it carried nothing for a while. */
    interface IdleStream {
        /** True when the stream is closed, now or before. */
        boolean endIfIdle();
    }
}
