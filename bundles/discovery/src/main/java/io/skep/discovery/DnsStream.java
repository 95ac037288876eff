package io.skep.discovery;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** One client's TCP connection; closed when it stays silent. */
final class DnsStream implements DnsEdge.Ready {
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final SocketChannel channel;
    private final FramedChannel frames;
    private final Deadlines deadlines;
    private final Handler handler;
    private final Runnable closed;
    private Deadlines.Deadline silence;

    /** Takes a question. */
    interface Handler {
        void handle(byte[] packet, DnsEdge.Reply reply) throws IOException;
    }

    /** @param closed called once when the connection has ended */
    DnsStream(SocketChannel channel, Deadlines deadlines, Handler handler, Runnable closed) {
        this.channel = channel;
        this.frames = new FramedChannel(channel);
        this.deadlines = deadlines;
        this.handler = handler;
        this.closed = closed;
        this.silence = deadlines.after(SILENCE, this::close);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        try {
            if (key.isWritable()) {
                frames.flush(key);
            }
            if (key.isReadable()) {
                for (byte[] packet : frames.read()) {
                    handler.handle(packet, answer -> send(key, answer));
                }
            }
            deadlines.cancel(silence);
            silence = deadlines.after(SILENCE, this::close);
        } catch (IOException ended) {
            deadlines.cancel(silence);
            close();
        }
    }

    /** An answer that was forwarded may come when its asker has gone. */
    private void send(SelectionKey key, byte[] answer) throws IOException {
        if (key.isValid()) {
            frames.write(key, answer);
        }
    }

    private void close() {
        DnsEdge.close(channel);
        closed.run();
    }
}
