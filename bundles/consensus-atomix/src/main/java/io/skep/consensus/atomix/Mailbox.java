package io.skep.consensus.atomix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.atomix.utils.serializer.Namespace;
import io.skep.api.transport.Access;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Carries the members' messages over the node's transport. Only managers are listened to. Each message names the swarm and the
 * member that it is for; one for another swarm, or for a member whose data directory is gone, is refused.
 */
final class Mailbox implements AutoCloseable {
    private final Transport transport;
    private final String memberId;
    private final byte[] swarm;
    private final Timings timings;
    private final Namespace forms = Wire.sent();
    private final Map<Message, Function<Object, ? extends CompletionStage<?>>> handlers = new ConcurrentHashMap<>();
    private final List<Transport.Registration> registrations = new ArrayList<>();

    Mailbox(Transport transport, String swarmId, String memberId, Timings timings) {
        this.transport = transport;
        this.memberId = memberId;
        this.swarm = swarmId.getBytes(UTF_8);
        this.timings = timings;
    }

    /** Begins to take messages in; before, peers are answered that nothing is served here. */
    void open() {
        for (Message message : Message.values()) {
            registrations.add(
                    transport.serve(message.subject(), Access.MANAGERS, (peer, body) -> receive(message, peer, body)));
        }
    }

    @Override
    public void close() {
        registrations.forEach(Transport.Registration::close);
        registrations.clear();
        handlers.clear();
    }

    <Q> void answer(Message message, Class<Q> type, Function<Q, ? extends CompletionStage<?>> handler) {
        handlers.put(message, request -> handler.apply(type.cast(request)));
    }

    void silence(Message message) {
        handlers.remove(message);
    }

    /** Asks a member, which may be this one. */
    <A> CompletableFuture<A> ask(Message message, String member, Object request, Class<A> type) {
        if (member.equals(memberId)) {
            return handle(message, request).thenApply(type::cast).toCompletableFuture();
        }
        return transport
                .request(nodeOf(member), message.subject(), envelope(member, request), message.timeout(timings))
                .thenApply(bytes -> type.cast(forms.<Object>deserialize(bytes)))
                .toCompletableFuture();
    }

    private CompletionStage<byte[]> receive(Message message, Peer peer, byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        if (!Arrays.equals(text(buffer), swarm)) {
            return refused(ErrorCode.FORBIDDEN, peer.nodeId() + " is of another swarm");
        }
        if (!new String(text(buffer), UTF_8).equals(memberId)) {
            return refused(ErrorCode.PART_MISSING, "the member asked is gone; " + memberId + " took its place");
        }
        return handle(message, forms.<Object>deserialize(buffer)).thenApply(forms::serialize);
    }

    private CompletionStage<Object> handle(Message message, Object request) {
        Function<Object, ? extends CompletionStage<?>> handler = handlers.get(message);
        return handler == null
                ? refused(ErrorCode.PART_MISSING, "the consensus engine of " + memberId + " is stopped")
                : handler.apply(request).thenApply(Function.identity());
    }

    private byte[] envelope(String member, Object request) {
        byte[] to = member.getBytes(UTF_8);
        byte[] content = forms.serialize(request);
        return ByteBuffer.allocate(Integer.BYTES + swarm.length + Integer.BYTES + to.length + content.length)
                .putInt(swarm.length)
                .put(swarm)
                .putInt(to.length)
                .put(to)
                .put(content)
                .array();
    }

    private static byte[] text(ByteBuffer buffer) {
        byte[] bytes = new byte[Math.min(Math.max(buffer.getInt(), 0), buffer.remaining())];
        buffer.get(bytes);
        return bytes;
    }

    /** The node on which a member lives: its id up to a colon. */
    static String nodeOf(String member) {
        int colon = member.indexOf(':');
        return colon < 0 ? member : member.substring(0, colon);
    }

    private static <T> CompletionStage<T> refused(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
