package io.skep.consensus.ratis;

import io.skep.consensus.support.MemberLine;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what other members' servers ask of this one's. An answer goes out only after what it says is surely on this member's disk;
 * Ratis by itself does not force the names of files.
 */
final class Inbox {
    /** Gives the answer to a request, on a thread that may wait. */
    @FunctionalInterface
    private interface Answer {
        CompletableFuture<byte[]> to(RaftNode node, byte[] request) throws IOException;
    }

    private final MemberLine line;
    private final RatisCalls calls;
    private final Supplier<@Nullable RaftNode> node;

    Inbox(MemberLine line, RatisCalls calls, Supplier<@Nullable RaftNode> node) {
        this.line = line;
        this.calls = calls;
        this.node = node;
    }

    void open() {
        serve(Subject.VOTE, Inbox::vote);
        serve(Subject.APPEND, Inbox::append);
        serve(Subject.SNAPSHOT, Inbox::install);
        serve(
                Subject.ELECT,
                (node, request) -> done(node.server()
                        .startLeaderElection(StartLeaderElectionRequestProto.parseFrom(request))
                        .toByteArray()));
    }

    private void serve(Subject subject, Answer answer) {
        line.serve(subject.wire(), message -> {
            byte[] request = new byte[message.remaining()];
            message.get(request);
            return calls.compose(() -> answer(answer, request));
        });
    }

    private CompletableFuture<byte[]> answer(Answer answer, byte[] request) {
        RaftNode present = node.get();
        if (present == null) {
            return CompletableFuture.failedFuture(
                    new SkepException(ErrorCode.PART_MISSING, "the consensus engine of this member is stopped"));
        }
        try {
            return answer.to(present, request);
        } catch (IOException | RuntimeException failure) {
            return CompletableFuture.failedFuture(new SkepException(
                    ErrorCode.PART_MISSING, "this member cannot answer: " + failure.getMessage(), failure));
        }
    }

    private static CompletableFuture<byte[]> vote(RaftNode node, byte[] bytes) throws IOException {
        RequestVoteRequestProto request = RequestVoteRequestProto.parseFrom(bytes);
        RequestVoteReplyProto reply = node.server().requestVote(request);
        if (!request.getPreVote()) {
            // A vote that a power loss takes back could be given twice.
            node.forceVote();
        }
        node.roleChanged();
        return done(reply.toByteArray());
    }

    private static CompletableFuture<byte[]> append(RaftNode node, byte[] bytes) throws IOException {
        return node.server()
                .appendEntriesAsync(AppendEntriesRequestProto.parseFrom(bytes))
                .thenApply(reply -> onDisk(node, reply).toByteArray());
    }

    /** Entries that are sent again while they wait for the disk Ratis takes for ones that are there. */
    private static AppendEntriesReplyProto onDisk(RaftNode node, AppendEntriesReplyProto reply) {
        boolean acknowledges = reply.getResult() == AppendResult.SUCCESS && !reply.getIsHearbeat();
        if (acknowledges && node.division().getRaftLog().getFlushIndex() < reply.getMatchIndex()) {
            throw new SkepException(ErrorCode.TIMED_OUT, "entry " + reply.getMatchIndex() + " is not on disk yet");
        }
        return reply;
    }

    private static CompletableFuture<byte[]> install(RaftNode node, byte[] bytes) throws IOException {
        InstallSnapshotRequestProto request = InstallSnapshotRequestProto.parseFrom(bytes);
        InstallSnapshotReplyProto reply = node.server().installSnapshot(request);
        if (request.getSnapshotChunk().getDone()) {
            node.forceNames();
        }
        return done(reply.toByteArray());
    }

    private static CompletableFuture<byte[]> done(byte[] answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
