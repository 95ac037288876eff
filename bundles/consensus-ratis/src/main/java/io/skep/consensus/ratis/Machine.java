package io.skep.consensus.ratis;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/** The state machine as one run of Ratis's server sees it, and where Ratis tells what happens to that server. */
final class Machine extends BaseStateMachine {
    /** Hears of events, on any thread of Ratis; must not wait. */
    interface Events {
        /** Role, term or leader may have changed. */
        void roleChanged();

        /** This member has ceased to lead. */
        void deposed();

        /** The members are others, as of an entry of the log. */
        void membersChanged(long term, long index, RaftConfigurationProto members);

        /** The log cannot be written any more. */
        void logFailed(Throwable cause);

        /** A disk refused to force what a snapshot or a name needs. */
        void forceFailed(Throwable cause);

        /** The group has removed this member. */
        void removed();

        /** The server closes, whoever wanted it. */
        void closing();

        /** So many bytes of commands were applied. */
        void applied(int bytes);

        /** A snapshot was taken; or it was not, for a reason. */
        void snapshotSettled(@Nullable SkepException failure);
    }

    /** What a batch is answered with whose answers were lost when the server started anew. */
    private static final Message ANSWER_LOST = Message.EMPTY;

    private final MachineHost host;
    private final Events events;
    private final SnapshotFiles snapshots = new SnapshotFiles();
    private @Nullable DurableSegments segments;

    Machine(MachineHost host, Events events) {
        this.host = host;
        this.events = events;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        super.initialize(server, group, storage);
        segments = new DurableSegments(storage.getStorageDir().getCurrentDir().toPath());
        getLifeCycle()
                .startAndTransition(
                        () -> {
                            snapshots.init(storage);
                            load(snapshots.getLatestSnapshot());
                        },
                        IOException.class);
    }

    private void load(@Nullable SingleFileSnapshotInfo snapshot) throws IOException {
        if (snapshot != null) {
            try (InputStream in = Files.newInputStream(snapshot.getFile().getPath())) {
                host.load(snapshot.getTermIndex(), new BufferedInputStream(in));
            }
            setLastAppliedTermIndex(snapshot.getTermIndex());
        }
    }

    /** Called before a snapshot that the leader sent takes the place of the one that is there. */
    @Override
    public void pause() {
        try {
            snapshots.forceReceived();
        } catch (IOException failure) {
            events.forceFailed(failure);
            throw new UncheckedIOException(failure);
        }
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    /** Called once that snapshot is in place. */
    @Override
    public void reinitialize() throws IOException {
        load(snapshots.loadLatestSnapshot());
        getLifeCycle().transition(LifeCycle.State.STARTING);
        getLifeCycle().transition(LifeCycle.State.RUNNING);
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        ByteString batch = entry.getStateMachineLogEntry().getLogData();
        TermIndex at = TermIndex.valueOf(entry);
        try {
            byte[] answers = host.apply(at, batch.toByteArray());
            updateLastAppliedTermIndex(at);
            events.applied(batch.size());
            return CompletableFuture.completedFuture(
                    answers == null ? ANSWER_LOST : Message.valueOf(UnsafeByteOperations.unsafeWrap(answers)));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        super.notifyTermIndexUpdated(term, index);
        host.pass(TermIndex.valueOf(term, index));
        events.roleChanged();
    }

    /** Not an exception when there is none, for after one Ratis would take no other until a request's time is over. */
    @Override
    public long takeSnapshot() {
        TermIndex at = getLastAppliedTermIndex();
        if (!at.equals(host.applied())) {
            // The server was started anew, and the machine knows more than the log that was read so far.
            events.snapshotSettled(new SkepException(ErrorCode.PART_MISSING, "the log is still being read; try again"));
            return RaftLog.INVALID_LOG_INDEX;
        }
        try {
            long index = snapshots.take(at, host);
            events.snapshotSettled(null);
            return index;
        } catch (IOException failure) {
            events.snapshotSettled(
                    new SkepException(ErrorCode.FAILED, "the state cannot be saved: " + failure.getMessage(), failure));
            return RaftLog.INVALID_LOG_INDEX;
        }
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots;
    }

    /** Called before entries are forced: the name of a new file is to be as durable as its content. */
    @Override
    public CompletableFuture<Void> flush(long index) {
        DurableSegments names = segments;
        if (names != null) {
            try {
                names.force();
            } catch (IOException | UncheckedIOException failure) {
                events.forceFailed(failure);
                return CompletableFuture.failedFuture(failure);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        events.roleChanged();
    }

    @Override
    public void notifyLeaderReady() {
        events.roleChanged();
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        events.deposed();
    }

    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto members) {
        events.membersChanged(term, index, members);
    }

    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
        events.logFailed(cause);
    }

    @Override
    public void notifyServerShutdown(RoleInfoProto role, boolean whole) {
        if (!whole) {
            events.removed();
        }
    }

    @Override
    public void close() {
        events.closing();
    }
}
