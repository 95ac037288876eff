package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer.Role;
import io.atomix.protocols.raft.cluster.impl.RaftMemberContext;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.skep.api.consensus.GroupConfig;
import io.skep.consensus.support.DiskRoom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Atomix's Raft server with a log that is forced to disk and that bears a full one. */
final class CarefulContext extends RaftContext {
    private final DurableLog durable;
    private final CarefulWriter writer;
    private final RaftLogReader reader;
    /** Made while Atomix's constructor runs, which asks for the log. */
    private @Nullable CarefulLog log;

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
        CarefulLog careful = getLog();
        durable = new DurableLog(careful, this::getCommitIndex, config.directory(), onBroken);
        reader = careful.openReader(1);
        RaftLogWriter plain = super.getLog().writer();
        writer = new CarefulWriter(plain, careful, durable, room, this::stepDown);
    }

    @Override
    public CarefulLog getLog() {
        CarefulLog known = log;
        if (known == null) {
            known = CarefulLog.over(super.getLog());
            log = known;
        }
        return known;
    }

    @Override
    public RaftLogReader getLogReader() {
        return reader;
    }

    /** Atomix opens readers for the other members when it begins to lead, and forgets those that it had. */
    @Override
    public void transition(Role role) {
        super.transition(role);
        if (getRole() != Role.LEADER) {
            for (RaftMemberContext other : getCluster().getRemoteMemberStates()) {
                if (other.getLogReader() != null) {
                    other.getLogReader().close();
                }
            }
        }
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
