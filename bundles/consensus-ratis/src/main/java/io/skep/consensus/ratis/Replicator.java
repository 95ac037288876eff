package io.skep.consensus.ratis;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotResult;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppenderBase;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.util.AwaitForSignal;
import org.apache.ratis.util.Timestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one follower of this leader up to date, on a thread that Ratis makes for it: entries in messages of up to a megabyte, one
 * under way at a time; a snapshot when the entries are gone; heartbeats at Skep's own pace. Ratis's own way of doing this over any
 * transport sends a heartbeat at half the election time-out, which would make a forgiving time-out a slow one.
 */
final class Replicator extends LogAppenderBase {
    private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);
    private static final long PAUSE_MILLIS = 25;

    private final long heartbeatMillis;
    private final Confirmations confirmations;
    private final long term;
    private final AwaitForSignal pause = new AwaitForSignal("pause");
    private boolean reachable = true;

    Replicator(
            RaftServer.Division server,
            LeaderState leader,
            FollowerInfo follower,
            Timings timings,
            Confirmations confirmations) {
        super(server, leader, follower);
        this.heartbeatMillis = timings.heartbeat().toMillis();
        this.confirmations = confirmations;
        this.term = server.getInfo().getCurrentTerm();
    }

    @Override
    public long getCallId() {
        return CallId.get();
    }

    @Override
    public Comparator<Long> getCallIdComparator() {
        return CallId.getComparator();
    }

    @Override
    public long getHeartbeatWaitTimeMs() {
        long sinceLast = getFollower().getLastRpcSendTime().elapsedTimeMs();
        return Math.min(super.getHeartbeatWaitTimeMs(), heartbeatMillis - sinceLast);
    }

    /** Without the server's lock, which a leader that steps down holds while it waits for this thread. */
    @Override
    public boolean onFollowerTerm(long followerTerm) {
        return isRunning() && getLeaderState().onFollowerTerm(getFollower(), followerTerm);
    }

    @Override
    public void run() throws InterruptedException, IOException {
        while (isRunning()) {
            if (shouldSendAppendEntries() && !send()) {
                pause.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (isRunning() && !hasAppendEntries()) {
                getEventAwaitForSignal().await(getHeartbeatWaitTimeMs(), TimeUnit.MILLISECONDS);
            }
            getLeaderState().checkHealth(getFollower());
        }
    }

    /** False when it should not be tried again at once. */
    private boolean send() throws IOException {
        try {
            SnapshotInfo snapshot = shouldInstallSnapshot();
            boolean sent = snapshot == null ? append() : install(snapshot);
            noteReachable(null);
            return sent;
        } catch (InterruptedIOException interrupted) {
            throw interrupted;
        } catch (IOException | IllegalStateException failure) {
            noteReachable(failure);
            return false;
        }
    }

    private void noteReachable(@Nullable Exception failure) {
        if (failure != null && reachable) {
            LOG.info("{} cannot be brought up to date for now: {}", getFollowerId(), failure.toString());
        }
        reachable = failure == null;
    }

    private boolean append() throws IOException {
        AppendEntriesRequestProto request = newAppendEntriesRequest(CallId.getAndIncrement(), false);
        if (request == null) {
            return false;
        }
        resetHeartbeatTrigger();
        Timestamp sent = Timestamp.currentTime();
        long sentNanos = System.nanoTime();
        getFollower().updateLastRpcSendTime(request.getEntriesCount() == 0);
        AppendEntriesReplyProto reply = getServerRpc().appendEntries(request);
        getFollower().updateLastRpcResponseTime();
        getFollower().updateLastRespondedAppendEntriesSendTime(sent);
        getLeaderState().onFollowerCommitIndex(getFollower(), reply.getFollowerCommit());
        settle(request, reply);
        if (reply.getResult() == AppendResult.SUCCESS || reply.getResult() == AppendResult.INCONSISTENCY) {
            confirmations.followed(getFollowerId(), sentNanos);
        }
        return reply.getResult() != AppendResult.NOT_LEADER;
    }

    private void settle(AppendEntriesRequestProto request, AppendEntriesReplyProto reply) {
        switch (reply.getResult()) {
            case SUCCESS -> {
                if (request.getEntriesCount() > 0) {
                    advance(request.getEntries(request.getEntriesCount() - 1).getIndex());
                }
            }
            case INCONSISTENCY -> {
                long first =
                        request.getEntriesCount() > 0 ? request.getEntries(0).getIndex() : -1;
                getFollower().setNextIndex(getNextIndexForInconsistency(first, reply.getNextIndex()));
            }
            case NOT_LEADER -> onFollowerTerm(reply.getTerm());
            default -> LOG.warn("{} answers {}", getFollowerId(), reply.getResult());
        }
        getLeaderState().onAppendEntriesReply(this, reply);
    }

    private void advance(long matched) {
        if (matched >= getFollower().getNextIndex()) {
            getFollower().updateMatchIndex(matched);
            getFollower().increaseNextIndex(matched + 1);
            getLeaderState().onFollowerSuccessAppendEntries(getFollower());
        }
    }

    private boolean install(SnapshotInfo snapshot) throws IOException {
        try (SnapshotPieces pieces = new SnapshotPieces(getServer(), getFollowerId(), term, snapshot)) {
            InstallSnapshotReplyProto reply = installPiece(pieces.next());
            while (reply.getResult() == InstallSnapshotResult.SUCCESS && pieces.hasNext() && isRunning()) {
                reply = installPiece(pieces.next());
            }
            boolean whole = reply.getResult() == InstallSnapshotResult.SUCCESS && !pieces.hasNext();
            return settle(snapshot, reply, whole || reply.getResult() == InstallSnapshotResult.ALREADY_INSTALLED);
        }
    }

    private InstallSnapshotReplyProto installPiece(InstallSnapshotRequestProto piece) throws IOException {
        getFollower().updateLastRpcSendTime(false);
        InstallSnapshotReplyProto reply = getServerRpc().installSnapshot(piece);
        getFollower().updateLastRpcResponseTime();
        return reply;
    }

    private boolean settle(SnapshotInfo snapshot, InstallSnapshotReplyProto reply, boolean installed) {
        if (installed) {
            getFollower().setSnapshotIndex(snapshot.getTermIndex().getIndex());
            getFollower().setAttemptedToInstallSnapshot();
            getLeaderState().onFollowerSuccessAppendEntries(getFollower());
        } else if (reply.getResult() == InstallSnapshotResult.NOT_LEADER) {
            onFollowerTerm(reply.getTerm());
        } else {
            LOG.warn("{} answers {} to a snapshot", getFollowerId(), reply.getResult());
        }
        return installed;
    }
}
