package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.primitive.session.SessionId;
import io.atomix.protocols.raft.RaftException;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.CloseSessionRequest;
import io.atomix.protocols.raft.protocol.CloseSessionResponse;
import io.atomix.protocols.raft.protocol.CommandRequest;
import io.atomix.protocols.raft.protocol.CommandResponse;
import io.atomix.protocols.raft.protocol.ConfigureRequest;
import io.atomix.protocols.raft.protocol.ConfigureResponse;
import io.atomix.protocols.raft.protocol.HeartbeatRequest;
import io.atomix.protocols.raft.protocol.HeartbeatResponse;
import io.atomix.protocols.raft.protocol.InstallRequest;
import io.atomix.protocols.raft.protocol.InstallResponse;
import io.atomix.protocols.raft.protocol.JoinRequest;
import io.atomix.protocols.raft.protocol.JoinResponse;
import io.atomix.protocols.raft.protocol.KeepAliveRequest;
import io.atomix.protocols.raft.protocol.KeepAliveResponse;
import io.atomix.protocols.raft.protocol.LeaveRequest;
import io.atomix.protocols.raft.protocol.LeaveResponse;
import io.atomix.protocols.raft.protocol.MetadataRequest;
import io.atomix.protocols.raft.protocol.MetadataResponse;
import io.atomix.protocols.raft.protocol.OpenSessionRequest;
import io.atomix.protocols.raft.protocol.OpenSessionResponse;
import io.atomix.protocols.raft.protocol.PollRequest;
import io.atomix.protocols.raft.protocol.PollResponse;
import io.atomix.protocols.raft.protocol.PublishRequest;
import io.atomix.protocols.raft.protocol.QueryRequest;
import io.atomix.protocols.raft.protocol.QueryResponse;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.protocol.ReconfigureRequest;
import io.atomix.protocols.raft.protocol.ReconfigureResponse;
import io.atomix.protocols.raft.protocol.ResetRequest;
import io.atomix.protocols.raft.protocol.TransferRequest;
import io.atomix.protocols.raft.protocol.TransferResponse;
import io.atomix.protocols.raft.protocol.VoteRequest;
import io.atomix.protocols.raft.protocol.VoteResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Atomix's idea of a network, spoken through the {@link Mailbox}. Queries, metadata, joining, leaving and events are not
 * used: reads go through the log, and the membership is changed by the leader itself.
 */
final class MailboxProtocol implements RaftServerProtocol {
    /** What the member does besides speaking. */
    interface Duties {
        /** Answers an append, be it an empty one, once all that this member's answer vouches for is on its disk. */
        CompletableFuture<AppendResponse> force(CompletableFuture<AppendResponse> appended);

        /** Has a part of a snapshot taken over, when nothing is in the way of it. */
        CompletableFuture<InstallResponse> install(Supplier<CompletableFuture<InstallResponse>> installing);

        /** This member sent entries of its log, or none, to another one, whose answer is not handled yet. */
        void sent(MemberId to, AppendRequest request);

        /** A leader of a term spoke to this member. */
        void heardLeader(long term);

        /** Whether this member supports a candidate, which may be itself: then it looks for support now. */
        boolean supports(String candidate);

        /** The term that this member knows of. */
        long term();

        /** Another member answered what this one sent as a leader, or failed to. */
        void acknowledged();
    }

    private final Mailbox mailbox;
    private final Duties duties;

    MailboxProtocol(Mailbox mailbox, Duties duties) {
        this.mailbox = mailbox;
        this.duties = duties;
    }

    @Override
    public CompletableFuture<OpenSessionResponse> openSession(MemberId to, OpenSessionRequest request) {
        return mailbox.ask(Message.OPEN_SESSION, to.id(), request, OpenSessionResponse.class);
    }

    @Override
    public void registerOpenSessionHandler(
            Function<OpenSessionRequest, CompletableFuture<OpenSessionResponse>> handler) {
        mailbox.answer(Message.OPEN_SESSION, OpenSessionRequest.class, handler);
    }

    @Override
    public void unregisterOpenSessionHandler() {
        mailbox.silence(Message.OPEN_SESSION);
    }

    @Override
    public CompletableFuture<CloseSessionResponse> closeSession(MemberId to, CloseSessionRequest request) {
        return mailbox.ask(Message.CLOSE_SESSION, to.id(), request, CloseSessionResponse.class);
    }

    @Override
    public void registerCloseSessionHandler(
            Function<CloseSessionRequest, CompletableFuture<CloseSessionResponse>> handler) {
        mailbox.answer(Message.CLOSE_SESSION, CloseSessionRequest.class, handler);
    }

    @Override
    public void unregisterCloseSessionHandler() {
        mailbox.silence(Message.CLOSE_SESSION);
    }

    @Override
    public CompletableFuture<KeepAliveResponse> keepAlive(MemberId to, KeepAliveRequest request) {
        return mailbox.ask(Message.KEEP_ALIVE, to.id(), request, KeepAliveResponse.class);
    }

    @Override
    public void registerKeepAliveHandler(Function<KeepAliveRequest, CompletableFuture<KeepAliveResponse>> handler) {
        mailbox.answer(Message.KEEP_ALIVE, KeepAliveRequest.class, handler);
    }

    @Override
    public void unregisterKeepAliveHandler() {
        mailbox.silence(Message.KEEP_ALIVE);
    }

    @Override
    public CompletableFuture<CommandResponse> command(MemberId to, CommandRequest request) {
        return mailbox.ask(Message.COMMAND, to.id(), request, CommandResponse.class);
    }

    @Override
    public void registerCommandHandler(Function<CommandRequest, CompletableFuture<CommandResponse>> handler) {
        mailbox.answer(Message.COMMAND, CommandRequest.class, handler);
    }

    @Override
    public void unregisterCommandHandler() {
        mailbox.silence(Message.COMMAND);
    }

    @Override
    public CompletableFuture<ConfigureResponse> configure(MemberId to, ConfigureRequest request) {
        return mailbox.ask(Message.CONFIGURE, to.id(), request, ConfigureResponse.class)
                .whenComplete((response, failure) -> duties.acknowledged());
    }

    @Override
    public void registerConfigureHandler(Function<ConfigureRequest, CompletableFuture<ConfigureResponse>> handler) {
        mailbox.answer(Message.CONFIGURE, ConfigureRequest.class, handler);
    }

    @Override
    public void unregisterConfigureHandler() {
        mailbox.silence(Message.CONFIGURE);
    }

    @Override
    public CompletableFuture<InstallResponse> install(MemberId to, InstallRequest request) {
        return mailbox.ask(Message.INSTALL, to.id(), request, InstallResponse.class)
                .whenComplete((response, failure) -> duties.acknowledged());
    }

    @Override
    public void registerInstallHandler(Function<InstallRequest, CompletableFuture<InstallResponse>> handler) {
        mailbox.answer(Message.INSTALL, InstallRequest.class, request -> {
            duties.heardLeader(request.term());
            return duties.install(() -> handler.apply(request));
        });
    }

    @Override
    public void unregisterInstallHandler() {
        mailbox.silence(Message.INSTALL);
    }

    @Override
    public CompletableFuture<TransferResponse> transfer(MemberId to, TransferRequest request) {
        return mailbox.ask(Message.TRANSFER, to.id(), request, TransferResponse.class);
    }

    @Override
    public void registerTransferHandler(Function<TransferRequest, CompletableFuture<TransferResponse>> handler) {
        mailbox.answer(Message.TRANSFER, TransferRequest.class, handler);
    }

    @Override
    public void unregisterTransferHandler() {
        mailbox.silence(Message.TRANSFER);
    }

    @Override
    public CompletableFuture<PollResponse> poll(MemberId to, PollRequest request) {
        return duties.supports(request.candidate().id())
                ? mailbox.ask(Message.POLL, to.id(), request, PollResponse.class)
                : CompletableFuture.completedFuture(unsupported());
    }

    @Override
    public void registerPollHandler(Function<PollRequest, CompletableFuture<PollResponse>> handler) {
        mailbox.answer(
                Message.POLL,
                PollRequest.class,
                request -> duties.supports(request.candidate().id())
                        ? handler.apply(request)
                        : CompletableFuture.completedFuture(unsupported()));
    }

    private PollResponse unsupported() {
        return PollResponse.builder()
                .withStatus(RaftResponse.Status.OK)
                .withTerm(duties.term())
                .withAccepted(false)
                .build();
    }

    @Override
    public void unregisterPollHandler() {
        mailbox.silence(Message.POLL);
    }

    @Override
    public CompletableFuture<VoteResponse> vote(MemberId to, VoteRequest request) {
        return mailbox.ask(Message.VOTE, to.id(), request, VoteResponse.class);
    }

    @Override
    public void registerVoteHandler(Function<VoteRequest, CompletableFuture<VoteResponse>> handler) {
        mailbox.answer(Message.VOTE, VoteRequest.class, handler);
    }

    @Override
    public void unregisterVoteHandler() {
        mailbox.silence(Message.VOTE);
    }

    @Override
    public CompletableFuture<AppendResponse> append(MemberId to, AppendRequest request) {
        boolean empty = request.entries().isEmpty();
        CompletableFuture<AppendResponse> answer =
                mailbox.ask(empty ? Message.HEARTBEAT : Message.APPEND, to.id(), request, AppendResponse.class);
        duties.sent(to, request);
        return answer.whenComplete((response, failure) -> duties.acknowledged());
    }

    @Override
    public void registerAppendHandler(Function<AppendRequest, CompletableFuture<AppendResponse>> handler) {
        Function<AppendRequest, CompletableFuture<AppendResponse>> careful = request -> {
            duties.heardLeader(request.term());
            return duties.force(handler.apply(request));
        };
        mailbox.answer(Message.HEARTBEAT, AppendRequest.class, careful);
        mailbox.answer(Message.APPEND, AppendRequest.class, careful);
    }

    @Override
    public void unregisterAppendHandler() {
        mailbox.silence(Message.HEARTBEAT);
        mailbox.silence(Message.APPEND);
    }

    @Override
    public CompletableFuture<QueryResponse> query(MemberId to, QueryRequest request) {
        return unused();
    }

    @Override
    public void registerQueryHandler(Function<QueryRequest, CompletableFuture<QueryResponse>> handler) {}

    @Override
    public void unregisterQueryHandler() {}

    @Override
    public CompletableFuture<MetadataResponse> metadata(MemberId to, MetadataRequest request) {
        return unused();
    }

    @Override
    public void registerMetadataHandler(Function<MetadataRequest, CompletableFuture<MetadataResponse>> handler) {}

    @Override
    public void unregisterMetadataHandler() {}

    @Override
    public CompletableFuture<JoinResponse> join(MemberId to, JoinRequest request) {
        return unused();
    }

    @Override
    public void registerJoinHandler(Function<JoinRequest, CompletableFuture<JoinResponse>> handler) {}

    @Override
    public void unregisterJoinHandler() {}

    @Override
    public CompletableFuture<LeaveResponse> leave(MemberId to, LeaveRequest request) {
        return unused();
    }

    @Override
    public void registerLeaveHandler(Function<LeaveRequest, CompletableFuture<LeaveResponse>> handler) {}

    @Override
    public void unregisterLeaveHandler() {}

    @Override
    public CompletableFuture<ReconfigureResponse> reconfigure(MemberId to, ReconfigureRequest request) {
        return unused();
    }

    @Override
    public void registerReconfigureHandler(
            Function<ReconfigureRequest, CompletableFuture<ReconfigureResponse>> handler) {}

    @Override
    public void unregisterReconfigureHandler() {}

    @Override
    public CompletableFuture<HeartbeatResponse> heartbeat(MemberId to, HeartbeatRequest request) {
        return unused();
    }

    @Override
    public void publish(MemberId to, PublishRequest request) {}

    @Override
    public void registerResetListener(SessionId session, Consumer<ResetRequest> listener, Executor executor) {}

    @Override
    public void unregisterResetListener(SessionId session) {}

    private static <A> CompletableFuture<A> unused() {
        return CompletableFuture.failedFuture(new RaftException.ProtocolException("not spoken here"));
    }
}
