package io.skep.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that owns the DNS sockets; it answers from the answerer of the moment and waits for nobody. */
final class DnsEdge {
    private static final Logger LOG = LoggerFactory.getLogger(DnsEdge.class);
    private static final Duration BIND_AGAIN = Duration.ofSeconds(2);
    private static final int MAX_STREAMS = 128;
    private static final int DATAGRAM = 4096;

    private final InetSocketAddress address;
    private final Upstreams upstreams;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "skep-names");
    private final Deadlines deadlines = new Deadlines();
    private final Forwarder forwarder;
    private volatile Answerer answerer;
    private volatile boolean stopped;
    private int streams;
    private int turn;
    private boolean complained;

    DnsEdge(int port, Upstreams upstreams, Answerer answerer) {
        this.address = new InetSocketAddress(loopback(), port);
        this.upstreams = upstreams;
        this.answerer = answerer;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no more files can be opened; raise the limit of open files", e);
        }
        forwarder = new Forwarder(selector, deadlines);
    }

    /** What a selected channel does when something came. */
    interface Ready {
        void ready(SelectionKey key) throws IOException;
    }

    /** Where an answer goes. */
    interface Reply {
        void send(byte[] answer) throws IOException;
    }

    void answerer(Answerer next) {
        answerer = next;
    }

    /** Answers from now on; a port that is taken is tried again. */
    void start() {
        bindOrComplain();
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the thread and closes its sockets. */
    void stop() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector) {
            while (!stopped) {
                selector.select(this::ready, deadlines.untilNext());
                expire();
            }
            for (SelectionKey key : List.copyOf(selector.keys())) {
                key.channel().close();
            }
        } catch (IOException e) {
            LOG.error("names are no longer answered on this node; restart the discovery bundle", e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isValid()) {
                ((Ready) key.attachment()).ready(key);
            }
        } catch (IOException e) {
            LOG.debug("a peer broke off", e);
            close(key.channel());
        } catch (RuntimeException e) {
            LOG.warn("a DNS message was too strange to be answered", e);
        }
    }

    private void expire() {
        try {
            deadlines.run();
        } catch (RuntimeException e) {
            LOG.warn("a DNS question ended strangely", e);
        }
    }

    private void bind() throws IOException {
        DatagramChannel datagrams = DatagramChannel.open(StandardProtocolFamily.INET);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            datagrams
                    .bind(address)
                    .configureBlocking(false)
                    .register(selector, SelectionKey.OP_READ, datagrams(datagrams));
            server.bind(address).configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT, streams(server));
            LOG.debug("names are answered at {}", address);
        } catch (IOException taken) {
            datagrams.close();
            server.close();
            complain(taken);
            deadlines.after(BIND_AGAIN, this::bindOrComplain);
        }
    }

    private void bindOrComplain() {
        try {
            bind();
        } catch (IOException e) {
            LOG.error("no DNS socket can be opened; raise the limit of open files", e);
        }
    }

    private void complain(IOException taken) {
        if (!complained) {
            LOG.error(
                    "names cannot be answered at {}: {}; stop what listens there, or choose another port in {} and nameServerPort"
                            + " in io.skep.network.linux; trying again every {} s",
                    address,
                    taken.getMessage(),
                    Settings.PID,
                    BIND_AGAIN.toSeconds());
            complained = true;
        }
    }

    private Ready datagrams(DatagramChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM);
        return key -> {
            buffer.clear();
            InetSocketAddress asker = (InetSocketAddress) channel.receive(buffer);
            if (asker != null) {
                byte[] packet = new byte[buffer.flip().remaining()];
                buffer.get(packet);
                handle(packet, asker, false, answer -> send(channel, answer, asker));
            }
        };
    }

    /** The asker may be gone; that must not close the socket for the others. */
    private static void send(DatagramChannel channel, byte[] answer, InetSocketAddress asker) {
        try {
            channel.send(ByteBuffer.wrap(answer), asker);
        } catch (IOException gone) {
            LOG.debug("an answer did not reach {}", asker, gone);
        }
    }

    private Ready streams(ServerSocketChannel server) {
        return key -> {
            SocketChannel client = server.accept();
            if (client == null) {
                return;
            }
            if (streams == MAX_STREAMS) {
                client.close();
                return;
            }
            streams++;
            InetSocketAddress asker = (InetSocketAddress) client.getRemoteAddress();
            client.configureBlocking(false);
            DnsStream stream = new DnsStream(
                    client, deadlines, (packet, reply) -> handle(packet, asker, true, reply), () -> streams--);
            client.register(selector, SelectionKey.OP_READ, stream);
        };
    }

    private void handle(byte[] packet, InetSocketAddress asker, boolean stream, Reply reply) throws IOException {
        String address = asker.getAddress().getHostAddress();
        Answerer.Outcome outcome = answerer.outcome(packet, address, stream, turn++);
        if (outcome instanceof Answerer.Outcome.Answer answer) {
            reply.send(answer.bytes());
        } else if (outcome instanceof Answerer.Outcome.Forward) {
            forwarder.forward(packet, upstreams.servers(), stream, reply);
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a socket did not close", e);
        }
    }
}
