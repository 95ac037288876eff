package io.skep.consensus.ratis;

import io.skep.consensus.support.MemberLine;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * Where members bring what the leader must do: puts batches into the log and tells up to where it is committed. Asks the desk of the
 * leader's member, which may be this one.
 */
final class LeaderDesk {
    private final String memberId;
    private final MemberLine line;
    private final RatisCalls calls;
    private final Supplier<@Nullable RaftNode> node;
    private final Duration patience;
    private final BooleanSupplier full;

    /**
     * A desk of one member.
     *
     * @param full asked before a batch is taken; true when this member has no room for it
     */
    LeaderDesk(
            String memberId,
            MemberLine line,
            RatisCalls calls,
            Supplier<@Nullable RaftNode> node,
            Timings timings,
            BooleanSupplier full) {
        this.memberId = memberId;
        this.line = line;
        this.calls = calls;
        this.node = node;
        this.patience = timings.exchange();
        this.full = full;
    }

    /** Begins to serve other members. */
    void open() {
        line.serve(Subject.SUBMIT.wire(), message -> {
            UUID sender = new UUID(message.getLong(), message.getLong());
            long number = message.getLong();
            byte[] batch = new byte[message.remaining()];
            message.get(batch);
            return calls.compose(() -> submit(sender, number, batch));
        });
        line.serve(Subject.READ.wire(), message -> calls.compose(this::committed)
                .thenApply(
                        index -> ByteBuffer.allocate(Long.BYTES).putLong(index).array()));
    }

    /**
     * Has the leader put a batch into the log, once, however often it is brought under its number.
     *
     * @return the answers; empty when the batch was applied but the answers are lost
     */
    CompletableFuture<byte[]> submit(String leader, UUID sender, long number, byte[] batch) {
        if (leader.equals(memberId)) {
            return calls.compose(() -> submit(sender, number, batch));
        }
        byte[] message = ByteBuffer.allocate(3 * Long.BYTES + batch.length)
                .putLong(sender.getMostSignificantBits())
                .putLong(sender.getLeastSignificantBits())
                .putLong(number)
                .put(batch)
                .array();
        return line.ask(leader, Subject.SUBMIT.wire(), message, patience);
    }

    /** Asks the leader for the index up to which everything is committed that was committed before the question. */
    CompletableFuture<Long> committed(String leader) {
        return leader.equals(memberId)
                ? calls.compose(this::committed)
                : line.ask(leader, Subject.READ.wire(), new byte[0], patience)
                        .thenApply(answer -> ByteBuffer.wrap(answer).getLong());
    }

    private CompletableFuture<byte[]> submit(UUID sender, long number, byte[] batch) throws IOException {
        RaftNode leader = leading();
        if (full.getAsBoolean()) {
            throw new SkepException(ErrorCode.EXHAUSTED, "the disk of " + memberId + " is full; another is to lead");
        }
        RaftClientRequest request = RaftClientRequest.newBuilder()
                .setClientId(ClientId.valueOf(sender))
                .setServerId(leader.id())
                .setGroupId(leader.groupId())
                .setCallId(number)
                .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(batch)))
                .setType(RaftClientRequest.writeRequestType())
                .build();
        return leader.server().submitClientRequestAsync(request).thenApply(LeaderDesk::answers);
    }

    private static byte[] answers(RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw new SkepException(ErrorCode.NO_LEADER, "not agreed: " + reply.getException());
        }
        return reply.getMessage().getContent().toByteArray();
    }

    private CompletableFuture<Long> committed() {
        RaftNode leader = leading();
        long index = leader.division().getRaftLog().getLastCommittedIndex();
        return leader.confirmations().confirm(leader.division()).thenApply(confirmed -> index);
    }

    private RaftNode leading() {
        RaftNode present = node.get();
        if (present == null || !present.leads()) {
            throw new SkepException(ErrorCode.NO_LEADER, memberId + " does not lead; ask the leader");
        }
        return present;
    }
}
