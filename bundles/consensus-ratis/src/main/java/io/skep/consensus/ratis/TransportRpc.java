package io.skep.consensus.ratis;

import io.skep.consensus.support.MemberLine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.server.ServerFactory;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/**
 * Sends the requests of Ratis's server over the node's transport, so that Ratis opens no port. Each method waits for the answer, on a
 * thread of Ratis that has nothing else to do. What comes in is {@link Inbox}'s.
 */
final class TransportRpc implements RaftServerRpc {
    /** The way to this class that Ratis's settings name. */
    static final class Type implements RpcType {
        @Override
        public String name() {
            return Type.class.getName();
        }

        @Override
        public RpcFactory newFactory(Parameters parameters) {
            return parameters.getNonNull(Wiring.class.getName(), Wiring.class);
        }
    }

    /** What a server is wired with, handed to it by way of its parameters. */
    record Wiring(MemberLine line, Timings timings, Confirmations confirmations, VoteWatch watch)
            implements ServerFactory {
        Parameters parameters() {
            Parameters parameters = new Parameters();
            parameters.put(Wiring.class.getName(), this, Wiring.class);
            return parameters;
        }

        @Override
        public RpcType getRpcType() {
            return new Type();
        }

        @Override
        public RaftServerRpc newRaftServerRpc(RaftServer server) {
            return new TransportRpc(this);
        }

        @Override
        public LogAppender newLogAppender(RaftServer.Division server, LeaderState leader, FollowerInfo follower) {
            Replicator replicator = new Replicator(server, leader, follower, timings, confirmations);
            confirmations.replicates(replicator);
            return replicator;
        }
    }

    /** Hears of every request for a vote before it is sent. */
    @FunctionalInterface
    interface VoteWatch {
        /**
         * Called on Ratis's thread, which waits for it.
         *
         * @param real false for the mere question whether a vote would be given
         * @throws IOException when the vote may not be asked for
         */
        void asking(boolean real) throws IOException;
    }

    /** For a transport that is late with its own time-out. */
    private static final Duration SPARE = Duration.ofSeconds(1);

    private final Wiring wiring;
    private final Timings timings;

    private TransportRpc(Wiring wiring) {
        this.wiring = wiring;
        this.timings = wiring.timings();
    }

    @Override
    public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
        wiring.watch().asking(!request.getPreVote());
        return RequestVoteReplyProto.parseFrom(
                exchange(Subject.VOTE, request.getServerRequest(), request.toByteArray(), timings.exchange()));
    }

    @Override
    public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request) throws IOException {
        Duration patience = request.getEntriesCount() == 0 ? timings.pulse() : timings.exchange();
        return AppendEntriesReplyProto.parseFrom(
                exchange(Subject.APPEND, request.getServerRequest(), request.toByteArray(), patience));
    }

    @Override
    public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request) throws IOException {
        // The last piece is answered when the whole is on disk.
        return InstallSnapshotReplyProto.parseFrom(
                exchange(Subject.SNAPSHOT, request.getServerRequest(), request.toByteArray(), timings.submit()));
    }

    @Override
    public StartLeaderElectionReplyProto startLeaderElection(StartLeaderElectionRequestProto request)
            throws IOException {
        return StartLeaderElectionReplyProto.parseFrom(
                exchange(Subject.ELECT, request.getServerRequest(), request.toByteArray(), timings.exchange()));
    }

    private byte[] exchange(Subject subject, RaftRpcRequestProto header, byte[] message, Duration patience)
            throws IOException {
        String member = header.getReplyId().toStringUtf8();
        try {
            return wiring.line()
                    .ask(member, subject.wire(), message, patience)
                    .get(patience.plus(SPARE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw new IOException(member + " did not take " + subject.wire(), failure.getCause());
        } catch (TimeoutException failure) {
            throw new IOException(member + " did not answer " + subject.wire(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while asking " + member).initCause(interrupted);
        }
    }

    @Override
    public RpcType getRpcType() {
        return wiring.getRpcType();
    }

    @Override
    public void start() {
        // there is no port to open
    }

    /** Members are found by their ids; Ratis only wants something to print. */
    @Override
    public InetSocketAddress getInetSocketAddress() {
        return InetSocketAddress.createUnresolved("skep", 0);
    }

    @Override
    public void addRaftPeers(Collection<RaftPeer> peers) {
        // members are found by their ids
    }

    @Override
    public void handleException(RaftPeerId peer, Exception failure, boolean reconnect) {
        // the transport connects anew by itself
    }

    @Override
    public void close() {
        // the line is closed with the group
    }
}
