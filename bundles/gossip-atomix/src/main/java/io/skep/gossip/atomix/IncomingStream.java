package io.skep.gossip.atomix;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages from a connection: the number of the key and the sender's salt, then records, each a length, a sealed flag and part of a message.
 * Before a record is authenticated at most one record is kept of it, so strangers cannot fill the memory.
 */
final class IncomingStream implements StreamPort.IdleStream {
    private static final int READS_AT_ONCE = 64;

    private final SocketChannel channel;
    private final KeyRing ring;
    private final Consumer<byte[]> receiver;
    private final Runnable closed;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable StreamSeal seal;
    private ByteBuffer part = ByteBuffer.allocate(StreamSeal.GREETING);
    private boolean inRecord;
    private boolean used;
    private boolean ended;

    IncomingStream(SocketChannel channel, KeyRing ring, Consumer<byte[]> receiver, Runnable closed) {
        this.channel = channel;
        this.ring = ring;
        this.receiver = receiver;
        this.closed = closed;
    }

    void read() {
        try {
            for (int i = 0; i < READS_AT_ONCE; i++) {
                int count = channel.read(part);
                if (count < 0) {
                    end();
                }
                if (count <= 0) {
                    return;
                }
                if (!part.hasRemaining()) {
                    filled();
                }
            }
        } catch (IOException e) {
            end();
        }
    }

    private void filled() throws IOException {
        if (seal == null) {
            seal = StreamSeal.greeted(ring, part.flip());
        } else if (inRecord) {
            record(seal.open(part.array()));
        } else {
            int length = part.flip().getInt();
            if (length <= SwarmKey.TAG_BYTES || length > OutgoingStream.LARGEST_RECORD) {
                throw new EOFException("a record of " + length + " bytes");
            }
            inRecord = true;
            part = ByteBuffer.allocate(length);
            return;
        }
        inRecord = false;
        part = ByteBuffer.allocate(Integer.BYTES);
    }

    private void record(byte[] opened) throws IOException {
        used = true;
        if (message.size() + opened.length > Channel.LARGEST_MESSAGE + 1) {
            throw new IOException("a message above " + Channel.LARGEST_MESSAGE + " bytes");
        }
        message.write(opened, 1, opened.length - 1);
        if (opened[0] == OutgoingStream.LAST) {
            byte[] whole = message.toByteArray();
            message.reset();
            receiver.accept(whole);
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            closed.run();
            Reactor.closeQuietly(channel);
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
