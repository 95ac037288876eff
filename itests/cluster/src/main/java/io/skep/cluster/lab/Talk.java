package io.skep.cluster.lab;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One command asked of a node through its probe. */
final class Talk implements AutoCloseable {
    private final SocketChannel channel;

    private Talk(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Asks.
     *
     * @param socket the probe's
     * @throws IOException when nobody listens there
     */
    static Talk open(Path socket, String line) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return new Talk(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Passes the output on as it comes, until the command ends; the message of its failure, empty when there is none. */
    String read(Consumer<byte[]> output) throws IOException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            byte[] piece = in.readNBytes(length);
            if (piece.length < length) {
                throw new EOFException("the node ended");
            }
            output.accept(piece);
        }
        return in.readUTF();
    }

    /** Hangs up, which ends the command. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
