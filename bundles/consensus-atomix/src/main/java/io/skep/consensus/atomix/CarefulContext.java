package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer.Role;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.skep.api.consensus.GroupConfig;
import io.skep.consensus.support.DiskRoom;
import java.util.function.Consumer;

/** Atomix's Raft server with a log that is forced to disk and that bears a full one. */
final class CarefulContext extends RaftContext {
    private final DurableLog durable;
    private final CarefulWriter writer;

    /**
     * Opens log, snapshots and metadata; takes as long as reading the last segments does.
     *
     * @param onBroken hears that the disk cannot be trusted any longer
     */
    CarefulContext(
            GroupConfig config,
            RaftStorage storage,
            RaftServerProtocol protocol,
            MachineType machine,
            DiskRoom room,
            Consumer<Throwable> onBroken) {
        super(
                config.memberId(),
                MemberId.from(config.memberId()),
                new LoneMembership(config.memberId()),
                protocol,
                storage,
                machine,
                NoEvents.FACTORY,
                false);
        durable = new DurableLog(getLog(), this::getCommitIndex, config.directory(), onBroken);
        RaftLogWriter plain = getLog().writer();
        RaftLogReader reader = getLog().openReader(plain.getNextIndex());
        writer = new CarefulWriter(plain, reader, durable, room, this::stepDown);
    }

    DurableLog durable() {
        return durable;
    }

    @Override
    public RaftLogWriter getLogWriter() {
        return writer;
    }

    /** This member has no room; another one may. */
    private void stepDown() {
        getThreadContext().execute(() -> {
            if (getRole() == Role.LEADER
                    && !getCluster().getActiveMemberStates().isEmpty()) {
                setLeader(null);
                transition(Role.FOLLOWER);
            }
        });
    }
}
