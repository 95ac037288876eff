package io.skep.discovery;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** DNS messages over TCP: two bytes of length before each (RFC 1035, 4.2.2). Non-blocking; used by one thread. */
final class FramedChannel {
    private static final int LENGTH = 2;
    private static final int LARGEST = 65535;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(LENGTH + LARGEST);
    private ByteBuffer out = ByteBuffer.allocate(0);

    FramedChannel(SocketChannel channel) {
        this.channel = channel;
    }

    /** The messages that are complete by now; {@code EOFException} when the peer has closed. */
    List<byte[]> read() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the peer closed the connection");
        }
        List<byte[]> messages = new ArrayList<>();
        in.flip();
        while (in.remaining() >= LENGTH && in.remaining() - LENGTH >= Short.toUnsignedInt(in.getShort(in.position()))) {
            byte[] message = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(message);
            messages.add(message);
        }
        in.compact();
        return messages;
    }

    /** Sends what it can now, and the rest with {@link #flush} when the channel is writable. */
    void write(SelectionKey key, byte[] message) throws IOException {
        ByteBuffer more = ByteBuffer.allocate(out.remaining() + LENGTH + message.length);
        more.put(out).putShort((short) message.length).put(message).flip();
        out = more;
        flush(key);
    }

    void flush(SelectionKey key) throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
}
