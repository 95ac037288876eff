package io.skep.gossip.atomix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Writes messages to a connection, in records; what waits is bounded, and beyond that messages are lost. */
final class OutgoingStream implements StreamPort.IdleStream {
    static final int LARGEST_RECORD = 64 << 10;
    static final byte LAST = 1;
    private static final byte MORE = 0;
    private static final int MOST_WAITING_BYTES = 2 * Channel.LARGEST_MESSAGE;

    private final SocketChannel channel;
    private final SwarmKey key;
    private final StreamSeal seal;
    private final SelectionKey selection;
    private final Consumer<OutgoingStream> closed;
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean used = true;
    private boolean ended;

    OutgoingStream(Reactor reactor, Endpoint to, SwarmKey key, Consumer<OutgoingStream> closed) throws IOException {
        this.closed = closed;
        this.key = key;
        byte[] salt = key.newSalt();
        seal = new StreamSeal(key, salt);
        channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            boolean atOnce = channel.connect(to.socketAddress());
            int wanted = atOnce ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
            selection = reactor.register(channel, wanted, unused -> ready());
        } catch (IOException e) {
            Reactor.closeQuietly(channel);
            throw e;
        }
        add(ByteBuffer.allocate(StreamSeal.GREETING)
                .putInt(key.number())
                .put(salt)
                .flip());
    }

    /** True while this is the key to seal with. */
    boolean sealsWith(SwarmKey current) {
        return key == current;
    }

    void send(byte[] message) {
        if (ended || waitingBytes + message.length > MOST_WAITING_BYTES) {
            return;
        }
        int room = LARGEST_RECORD - SwarmKey.TAG_BYTES - 1;
        for (int from = 0; from < message.length; from += room) {
            int length = Math.min(room, message.length - from);
            byte[] record = new byte[1 + length];
            record[0] = from + length == message.length ? LAST : MORE;
            System.arraycopy(message, from, record, 1, length);
            ByteBuffer sealed = seal.seal(record, 0, record.length);
            add(ByteBuffer.allocate(Integer.BYTES).putInt(sealed.remaining()).flip());
            add(sealed);
        }
        if (channel.isConnected()) {
            selection.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void add(ByteBuffer bytes) {
        waiting.add(bytes);
        waitingBytes += bytes.remaining();
    }

    private void ready() {
        try {
            if (!channel.isConnected()) {
                channel.finishConnect();
            } else if (selection.isReadable() && channel.read(ByteBuffer.allocate(1)) != 0) {
                throw new IOException("the receiver ended the connection");
            }
            write();
        } catch (IOException e) {
            end();
        }
    }

    private void write() throws IOException {
        while (!waiting.isEmpty()) {
            ByteBuffer first = waiting.element();
            waitingBytes -= channel.write(first);
            if (first.hasRemaining()) {
                selection.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            waiting.remove();
            used = true;
        }
        selection.interestOps(SelectionKey.OP_READ);
    }

    private void end() {
        if (!ended) {
            ended = true;
            waiting.clear();
            Reactor.closeQuietly(channel);
            closed.accept(this);
        }
    }

    @Override
    public boolean endIfIdle() {
        if (!used) {
            end();
        }
        used = false;
        return ended;
    }
}
