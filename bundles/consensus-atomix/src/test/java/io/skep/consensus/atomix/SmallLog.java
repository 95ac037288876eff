package io.skep.consensus.atomix;

import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.storage.StorageLevel;
import java.nio.file.Path;

/** Atomix's log as the engine has it, in small files. */
final class SmallLog {
    private SmallLog() {}

    /** @param largest bytes of an entry */
    static RaftLog open(Path directory, int largest) {
        return RaftLog.builder()
                .withName("raft")
                .withDirectory(directory.toFile())
                .withStorageLevel(StorageLevel.DISK)
                .withNamespace(Wire.stored())
                .withMaxSegmentSize(AtomixSwarm.SEGMENT)
                .withMaxEntrySize(largest)
                .build();
    }
}
