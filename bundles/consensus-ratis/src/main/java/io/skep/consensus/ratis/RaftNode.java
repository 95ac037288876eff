package io.skep.consensus.ratis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.Leadership;
import io.skep.consensus.support.DurableNames;
import io.skep.consensus.support.MemberLine;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.ReflectionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of Ratis's server for this member: from opening the directory to closing it. */
final class RaftNode {
    /** Hears what becomes of the server, on any thread. */
    interface Owner {
        /** Role, term or leader may have changed. */
        void roleChanged();

        /** An entry of the log could not be written. */
        void logFailed(Throwable cause);

        /** A force failed: nobody knows what is on disk. */
        void forceFailed(Throwable cause);

        /** The server has closed although nobody told it to. */
        void closedByItself(boolean removed);

        /** A vote is about to be asked for, so the server lives. */
        void campaigns();
    }

    private static final Logger LOG = LoggerFactory.getLogger(RaftNode.class);

    static {
        lookIntoThisBundle();
    }

    private final GroupConfig config;
    private final RatisCalls calls;
    private final Owner owner;
    private final RaftGroupId groupId;
    private final Path directory;
    private final RaftPeerId id;
    private final ClientId clerk = ClientId.randomId();
    private final Confirmations confirmations = new Confirmations();
    private final GoodRecords records;
    private final Compactor compactor;
    private final RaftServer server;
    private final RaftServer.Division division;
    private volatile boolean removed;
    private volatile boolean stopping;

    private RaftNode(
            GroupConfig config,
            Timings timings,
            int segmentBytes,
            MemberLine line,
            RatisCalls calls,
            MachineHost host,
            Owner owner)
            throws IOException {
        this.config = config;
        this.calls = calls;
        this.owner = owner;
        this.groupId = groupId(config);
        this.directory = directory(config);
        this.id = RaftPeerId.valueOf(config.memberId());
        this.records = new GoodRecords(directory.resolve("current"));
        this.compactor = new Compactor(this, calls, segmentBytes);
        CrashRepair.repair(directory);
        server = built(
                RaftOptions.of(timings, segmentBytes, config.directory()),
                new TransportRpc.Wiring(line, timings, confirmations, this::askingForVotes).parameters(),
                host);
        division = opened();
    }

    private static RaftGroupId groupId(GroupConfig config) {
        return RaftGroupId.valueOf(UUID.nameUUIDFromBytes(config.swarmId().getBytes(UTF_8)));
    }

    /** Where Ratis keeps the group. */
    static Path directory(GroupConfig config) {
        return config.directory().resolve(groupId(config).getUuid().toString());
    }

    /** Ratis finds its own classes by the context class loader of the thread that touches it first, and keeps to that one. */
    static void lookIntoThisBundle() {
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        thread.setContextClassLoader(RaftNode.class.getClassLoader());
        try {
            ReflectionUtils.getClassLoader();
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    /** Opens the directory, which takes as long as reading its log does, and takes part. */
    static RaftNode start(
            GroupConfig config,
            Timings timings,
            int segmentBytes,
            MemberLine line,
            RatisCalls calls,
            MachineHost host,
            Owner owner)
            throws IOException {
        RaftNode node = new RaftNode(config, timings, segmentBytes, line, calls, host, owner);
        try {
            node.server.start();
            node.forceNames();
            node.records.keepVote();
            return node;
        } catch (IOException | RuntimeException failure) {
            node.stop();
            throw failure;
        }
    }

    private RaftServer built(RaftProperties properties, Parameters parameters, MachineHost host) throws IOException {
        RatisTimers.use();
        try {
            return RaftServer.newBuilder()
                    .setServerId(id)
                    .setGroup(group())
                    .setOption(RaftStorage.StartupOption.RECOVER)
                    .setProperties(properties)
                    .setParameters(parameters)
                    .setThreadGroup(Thread.currentThread().getThreadGroup())
                    .setStateMachineRegistry(any -> new Machine(host, new Events()))
                    .build();
        } catch (IOException | RuntimeException failure) {
            RatisTimers.release();
            throw failure;
        }
    }

    private RaftServer.Division opened() throws IOException {
        try {
            return server.getDivision(groupId);
        } catch (IOException | RuntimeException failure) {
            server.close();
            RatisTimers.release();
            throw failure;
        }
    }

    /** The first members; nobody once the directory knows the members, for should it forget them this one must not lead alone. */
    private RaftGroup group() {
        List<RaftPeer> first = records.knowsMembers()
                ? List.of()
                : config.initialMembers().stream().map(RaftNode::peer).toList();
        return RaftGroup.valueOf(groupId, first);
    }

    static RaftPeer peer(String memberId) {
        return RaftPeer.newBuilder().setId(memberId).build();
    }

    private void askingForVotes(boolean real) throws IOException {
        owner.campaigns();
        if (real) {
            // Its own vote, which a power loss must not take back; not on this thread, for Ratis interrupts it.
            try {
                calls.compose(() -> {
                            forceVote();
                            return CompletableFuture.completedFuture(null);
                        })
                        .get();
            } catch (ExecutionException failure) {
                throw new IOException("the vote is not on disk", failure.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("the election is over").initCause(interrupted);
            }
        }
    }

    private final class Events implements Machine.Events {
        @Override
        public void roleChanged() {
            owner.roleChanged();
        }

        @Override
        public void deposed() {
            confirmations.deposed();
            owner.roleChanged();
        }

        @Override
        public void membersChanged(long term, long index, RaftConfigurationProto members) {
            owner.roleChanged();
            try {
                records.keepMembers(term, index, members);
            } catch (IOException failure) {
                owner.logFailed(failure);
            } catch (UncheckedIOException failure) {
                owner.forceFailed(failure);
            }
        }

        @Override
        public void logFailed(Throwable cause) {
            owner.logFailed(cause);
        }

        @Override
        public void forceFailed(Throwable cause) {
            owner.forceFailed(cause);
        }

        @Override
        public void removed() {
            removed = true;
        }

        @Override
        public void closing() {
            if (!stopping) {
                owner.closedByItself(removed);
            }
        }

        @Override
        public void applied(int bytes) {
            compactor.applied(bytes);
        }

        @Override
        public void snapshotSettled(@Nullable SkepException failure) {
            compactor.settled(failure);
        }
    }

    RaftServer server() {
        return server;
    }

    RaftServer.Division division() {
        return division;
    }

    RaftGroupId groupId() {
        return groupId;
    }

    RaftPeerId id() {
        return id;
    }

    /** Under whose name this member asks its own server for something. */
    ClientId clerk() {
        return clerk;
    }

    Confirmations confirmations() {
        return confirmations;
    }

    Compactor compactor() {
        return compactor;
    }

    void roleChanged() {
        owner.roleChanged();
    }

    /** Makes the vote that was given durable, or fails. */
    void forceVote() throws IOException {
        try {
            records.keepVote();
        } catch (IOException failure) {
            owner.logFailed(failure);
            throw failure;
        } catch (UncheckedIOException failure) {
            owner.forceFailed(failure);
            throw failure;
        }
    }

    /** Makes the names of all files durable. */
    void forceNames() {
        force(config.directory());
        force(directory);
        force(directory.resolve("current"));
        force(directory.resolve("sm"));
    }

    private void force(Path folder) {
        try {
            DurableNames.force(folder);
        } catch (RuntimeException failure) {
            owner.forceFailed(failure);
            throw failure;
        }
    }

    /** Who leads as this member sees it now; a leader counts once it has everything that was committed before it. */
    Leadership leadership() {
        DivisionInfo info = division.getInfo();
        long term = info.getCurrentTerm();
        if (!info.isAlive()) {
            return new Leadership(term, Optional.empty(), false);
        }
        if (info.isLeader()) {
            boolean ready = info.isLeaderReady();
            return new Leadership(term, ready ? Optional.of(id.toString()) : Optional.empty(), ready);
        }
        RaftPeerId leader = info.getLeaderId();
        return new Leadership(
                term, Optional.ofNullable(leader).filter(one -> !one.equals(id)).map(RaftPeerId::toString), false);
    }

    boolean leads() {
        return division.getInfo().isAlive()
                && division.getInfo().isLeader()
                && division.getInfo().isLeaderReady();
    }

    List<String> memberIds() {
        return division.getRaftConf().getCurrentPeers().stream()
                .map(peer -> peer.getId().toString())
                .sorted()
                .toList();
    }

    /** True when this member has a vote. */
    boolean votes() {
        return division.getRaftConf().getCurrentPeers().stream()
                .anyMatch(peer -> peer.getId().equals(id));
    }

    /** Closes the server, its files and its threads. */
    void stop() {
        stopping = true;
        confirmations.deposed();
        records.close();
        try {
            server.close();
        } catch (IOException | RuntimeException failure) {
            LOG.warn("cannot close all of the server while stopping; going on", failure);
        } finally {
            RatisTimers.release();
        }
    }
}
