package io.skep.discovery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the node's resolvers, one after the other and twice round, without waiting: a socket of its own, and so a random
 * port, for every question. Used by the DNS thread alone.
 */
final class Forwarder {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final int MAX_UNDER_WAY = 256;
    private static final int ROUNDS = 2;
    private static final int LARGEST = 65535;

    private final Selector selector;
    private final Deadlines deadlines;
    private int underWay;

    Forwarder(Selector selector, Deadlines deadlines) {
        this.selector = selector;
        this.deadlines = deadlines;
    }

    /** Sends the resolvers' answer, or a failure: the questions under way are bounded, and so is the time for one. */
    void forward(byte[] packet, List<InetSocketAddress> servers, boolean stream, DnsEdge.Reply reply)
            throws IOException {
        if (servers.isEmpty() || underWay == MAX_UNDER_WAY) {
            reply.send(Answerer.failure(packet));
            return;
        }
        underWay++;
        new Question(packet, servers, stream, reply).ask();
    }

    /** One question until somebody answered it. */
    private final class Question {
        private final byte[] packet;
        private final List<InetSocketAddress> servers;
        private final boolean stream;
        private final DnsEdge.Reply reply;
        private @Nullable SelectableChannel channel;
        private Deadlines.@Nullable Deadline deadline;
        private int asked;

        Question(byte[] packet, List<InetSocketAddress> servers, boolean stream, DnsEdge.Reply reply) {
            this.packet = packet;
            this.servers = servers;
            this.stream = stream;
            this.reply = reply;
        }

        void ask() {
            if (asked == servers.size() * ROUNDS) {
                end(Answerer.failure(packet));
                return;
            }
            InetSocketAddress server = servers.get(asked % servers.size());
            asked++;
            deadline = deadlines.after(PATIENCE, this::askNext);
            try {
                if (stream) {
                    connect(server);
                } else {
                    send(server);
                }
            } catch (IOException unreachable) {
                askNext();
            }
        }

        private void askNext() {
            release();
            ask();
        }

        private void send(InetSocketAddress server) throws IOException {
            DatagramChannel datagrams = DatagramChannel.open();
            channel = datagrams;
            datagrams.connect(server).configureBlocking(false);
            datagrams.register(selector, SelectionKey.OP_READ, guarded(key -> {
                ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
                if (datagrams.read(buffer) > 0) {
                    byte[] answer = new byte[buffer.flip().remaining()];
                    buffer.get(answer);
                    take(answer);
                }
            }));
            datagrams.write(ByteBuffer.wrap(packet));
        }

        private void connect(InetSocketAddress server) throws IOException {
            SocketChannel socket = SocketChannel.open();
            channel = socket;
            socket.configureBlocking(false);
            FramedChannel frames = new FramedChannel(socket);
            socket.register(selector, SelectionKey.OP_CONNECT, guarded(key -> {
                if (key.isConnectable() && socket.finishConnect()) {
                    frames.write(key, packet);
                } else if (key.isWritable()) {
                    frames.flush(key);
                } else {
                    for (byte[] answer : frames.read()) {
                        take(answer);
                    }
                }
            }));
            socket.connect(server);
        }

        /** A resolver that refuses or breaks off is as good as silent. */
        private DnsEdge.Ready guarded(DnsEdge.Ready ready) {
            return key -> {
                try {
                    ready.ready(key);
                } catch (IOException refused) {
                    LOG.debug("a resolver failed", refused);
                    askNext();
                }
            };
        }

        private void take(byte[] answer) {
            boolean same = answer.length > 2 && answer[0] == packet[0] && answer[1] == packet[1];
            if (same) {
                end(answer);
            }
        }

        private void end(byte[] answer) {
            release();
            underWay--;
            try {
                reply.send(answer);
            } catch (IOException gone) {
                LOG.debug("an asker did not wait for its answer", gone);
            }
        }

        private void release() {
            if (deadline != null) {
                deadlines.cancel(deadline);
            }
            if (channel != null) {
                DnsEdge.close(channel);
            }
        }
    }
}
