package io.skep.consensus.atomix;

import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.storage.StorageLevel;
import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.api.transport.Transport;
import io.skep.consensus.support.Batch;
import io.skep.consensus.support.DirectoryMark;
import io.skep.consensus.support.DiskRoom;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Consensus by Atomix's Raft. Deactivation closes the open group; what is on disk stays. */
@Component(
        service = Consensus.class,
        configurationPid = "io.skep.consensus.atomix",
        property = "engine=" + AtomixConsensus.ENGINE)
@Designate(ocd = AtomixSettings.class)
public final class AtomixConsensus implements Consensus {
    static final String ENGINE = "atomix";
    private static final String LOG_NAME = "raft";
    private static final int MIN_SEGMENT = 1024 * 1024;
    private static final int MAX_SEGMENT = 64 * 1024 * 1024;
    /** A batch and its frame, with room to spare. */
    private static final int MAX_ENTRY = 2 * Batch.MAX_BYTES;

    private final Transport transport;
    private final Timings timings;
    private final int segmentBytes;
    private final AtomicReference<@Nullable Group> open = new AtomicReference<>();

    @Activate
    public AtomixConsensus(@Reference Transport transport, AtomixSettings settings) {
        this(transport, timings(settings), settings.segment_bytes());
    }

    AtomixConsensus(Transport transport, Timings timings, int segmentBytes) {
        this.transport = transport;
        this.timings = timings;
        this.segmentBytes = Math.min(Math.max(segmentBytes, MIN_SEGMENT), MAX_SEGMENT);
    }

    static Timings timings(AtomixSettings settings) {
        Duration heartbeat = Duration.ofMillis(Math.min(Math.max(settings.heartbeat_millis(), 10), 1000));
        Duration election = Duration.ofMillis(settings.election_millis());
        Duration shortest = heartbeat.multipliedBy(5);
        return new Timings(
                heartbeat,
                election.compareTo(shortest) < 0 ? shortest : election,
                Duration.ofMillis(Math.max(settings.submit_millis(), 100)),
                Duration.ofMillis(Math.max(settings.session_millis(), 3000)),
                Duration.ofMillis(Math.max(settings.catchup_millis(), 1000)));
    }

    @Override
    public Group open(GroupConfig config, StateMachine machine) {
        if (open.get() != null) {
            throw new SkepException(
                    ErrorCode.WRONG_STATE, "this engine has a group open already; close it before opening another");
        }
        DirectoryMark mark = DirectoryMark.claim(ENGINE, config);
        DiskRoom room = new DiskRoom(config.directory(), segmentBytes);
        Group group =
                new AtomixGroup(config, machine, transport, timings, this::storage, room, mark, () -> open.set(null));
        open.set(group);
        return group;
    }

    @Override
    public void salvage(GroupConfig config, StateMachine machine) {
        DiskRoom room = new DiskRoom(config.directory(), segmentBytes);
        try {
            DirectoryMark.whileClaimed(
                    ENGINE, config, () -> Salvage.salvage(config, machine, transport, timings, storage(config), room));
        } catch (UncheckedIOException failure) {
            throw new SkepException(
                    ErrorCode.FAILED,
                    "the consensus directory " + config.directory() + " cannot be read: " + failure.getMessage()
                            + "; check that it is on a writable disk with space",
                    failure);
        }
    }

    /** Repairs the directory; an {@link UncheckedIOException} when its disk does not let it. */
    RaftStorage storage(GroupConfig config) {
        try {
            CrashRepair.repair(config.directory(), LOG_NAME);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return RaftStorage.builder()
                .withPrefix(LOG_NAME)
                .withDirectory(config.directory().toFile())
                .withStorageLevel(StorageLevel.DISK)
                .withNamespace(Wire.stored())
                .withMaxSegmentSize(segmentBytes)
                .withMaxEntrySize(MAX_ENTRY)
                .withFlushOnCommit(false) // see DurableLog
                .withDynamicCompaction(false)
                .build();
    }

    /** Closes the group that is open, if any. */
    @Deactivate
    public void deactivate() {
        Group group = open.get();
        if (group != null) {
            group.close();
        }
    }
}
