package io.skep.gossip.atomix;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses messages and hands them to who reads their kind; what is malformed is dropped. Reactor's thread. */
final class Post {
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private final Channel channel;
    private final Map<Kind, Reader> readers = new EnumMap<>(Kind.class);

    /** Reads the messages of a kind. */
    @FunctionalInterface
    interface Reader {
        void read(Endpoint sender, WireReader body);
    }

    Post(Channel channel) {
        this.channel = channel;
    }

    Endpoint endpoint() {
        return channel.endpoint();
    }

    void open() {
        channel.open(this::received);
    }

    void reader(Kind kind, Reader reader) {
        readers.put(kind, reader);
    }

    /** Begins a message of {@code kind}. */
    WireWriter message(Kind kind) {
        return new WireWriter().u8(kind.code()).endpoint(channel.endpoint());
    }

    void send(Endpoint to, WireWriter message) {
        channel.send(to, message.toByteArray());
    }

    private void received(byte[] message) {
        try {
            WireReader in = new WireReader(message);
            Kind kind = Kind.of(in.u8());
            Endpoint sender = in.endpoint();
            @Nullable Reader reader = readers.get(kind);
            if (reader != null) {
                reader.read(sender, in);
            }
        } catch (MalformedException e) {
            LOG.debug("dropped a malformed gossip message", e);
        }
    }
}
