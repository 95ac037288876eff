package io.skep.consensus.ratis;

import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.StorageImplUtils;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.SizeInBytes;
import org.jspecify.annotations.Nullable;

/** Applies the snapshot and every entry of a closed member's log, committed or not, without a server. */
final class Salvage {
    private final Path directory;
    private final MachineHost host;

    private Salvage(GroupConfig config, StateMachine machine) {
        directory = RaftNode.directory(config);
        host = new MachineHost(machine, broken -> {}); // which throws as well
    }

    static void salvage(GroupConfig config, StateMachine machine) {
        RaftNode.lookIntoThisBundle();
        try {
            new Salvage(config, machine).readAll();
        } catch (IOException | RuntimeException failure) {
            throw new SkepException(
                    ErrorCode.CORRUPT,
                    "the log in " + config.directory() + " cannot be read: " + failure.getMessage()
                            + "; restore the directory from a backup, or recover on another manager",
                    failure);
        }
    }

    private void readAll() throws IOException {
        if (!Files.isDirectory(directory)) {
            return; // it never was a member
        }
        CrashRepair.repair(directory);
        try (RaftStorage storage = StorageImplUtils.newRaftStorage(
                directory.toFile(),
                SizeInBytes.ONE_KB,
                RaftStorage.StartupOption.RECOVER,
                CorruptionPolicy.EXCEPTION)) {
            storage.initialize();
            SnapshotFiles snapshots = new SnapshotFiles();
            snapshots.init(storage);
            load(snapshots.getLatestSnapshot());
            for (LogSegmentPath segment : LogSegmentPath.getLogSegmentPaths(storage)) {
                LogSegment.readSegmentFile(
                        segment.getPath().toFile(),
                        segment.getStartEnd(),
                        RaftOptions.LARGEST_ENTRY,
                        CorruptionPolicy.EXCEPTION,
                        null,
                        this::apply);
            }
        }
    }

    private void load(@Nullable SingleFileSnapshotInfo snapshot) throws IOException {
        if (snapshot != null) {
            try (InputStream in = Files.newInputStream(snapshot.getFile().getPath())) {
                host.load(snapshot.getTermIndex(), new BufferedInputStream(in));
            }
        }
    }

    private void apply(LogEntryProto entry) {
        if (entry.hasStateMachineLogEntry()) {
            host.apply(
                    TermIndex.valueOf(entry),
                    entry.getStateMachineLogEntry().getLogData().toByteArray());
        }
    }
}
