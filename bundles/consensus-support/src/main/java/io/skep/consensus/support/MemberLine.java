package io.skep.consensus.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.transport.Access;
import io.skep.api.transport.Peer;
import io.skep.api.transport.Transport;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Carries the members' messages over the node's transport. Only managers are listened to. Each message names the swarm and the
 * member that it is for; one for another swarm, or for a member whose data directory is gone, is refused.
 */
public final class MemberLine implements AutoCloseable {
    private final Transport transport;
    private final String memberId;
    private final byte[] swarm;
    private final List<Transport.Registration> registrations = new ArrayList<>();

    public MemberLine(Transport transport, String swarmId, String memberId) {
        this.transport = transport;
        this.memberId = memberId;
        this.swarm = swarmId.getBytes(UTF_8);
    }

    /**
     * Begins to take in the messages of a subject; before, peers are answered that nothing is served here.
     *
     * @param handler gets the message at the buffer's position; called on a thread of the transport, so it hands over
     */
    public void serve(String subject, Function<ByteBuffer, ? extends CompletionStage<byte[]>> handler) {
        registrations.add(transport.serve(
                subject, Access.MANAGERS, (peer, body) -> receive(peer, ByteBuffer.wrap(body), handler)));
    }

    /** Takes nothing in any more. Not to be called while {@link #serve} runs on another thread. */
    @Override
    public void close() {
        registrations.forEach(Transport.Registration::close);
        registrations.clear();
    }

    /** Asks another member; fails as {@link Transport#request} does. */
    public CompletableFuture<byte[]> ask(String member, String subject, byte[] message, Duration timeout) {
        return transport
                .request(nodeOf(member), subject, envelope(member, message), timeout)
                .toCompletableFuture();
    }

    private CompletionStage<byte[]> receive(
            Peer peer, ByteBuffer body, Function<ByteBuffer, ? extends CompletionStage<byte[]>> handler) {
        if (!Arrays.equals(text(body), swarm)) {
            return refused(ErrorCode.FORBIDDEN, peer.nodeId() + " is of another swarm");
        }
        if (!new String(text(body), UTF_8).equals(memberId)) {
            return refused(ErrorCode.PART_MISSING, "the member asked is gone; " + memberId + " took its place");
        }
        return handler.apply(body);
    }

    private byte[] envelope(String member, byte[] message) {
        byte[] to = member.getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + swarm.length + Integer.BYTES + to.length + message.length)
                .putInt(swarm.length)
                .put(swarm)
                .putInt(to.length)
                .put(to)
                .put(message)
                .array();
    }

    private static byte[] text(ByteBuffer buffer) {
        int length = buffer.remaining() < Integer.BYTES ? 0 : buffer.getInt();
        byte[] bytes = new byte[Math.min(Math.max(length, 0), buffer.remaining())];
        buffer.get(bytes);
        return bytes;
    }

    /** The node on which a member lives: its id up to a colon. */
    public static String nodeOf(String member) {
        int colon = member.indexOf(':');
        return colon < 0 ? member : member.substring(0, colon);
    }

    private static CompletionStage<byte[]> refused(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
