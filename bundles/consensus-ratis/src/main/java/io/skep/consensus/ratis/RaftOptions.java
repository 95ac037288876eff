package io.skep.consensus.ratis;

import io.skep.consensus.support.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Ratis's settings for a group; what is not named here is left as Ratis has it. */
final class RaftOptions {
    /** The largest message of entries, and Ratis's limit for one entry: far more than a batch. */
    private static final int MESSAGE_BYTES = 8 * Batch.MAX_BYTES;

    static final SizeInBytes LARGEST_ENTRY = SizeInBytes.valueOf(MESSAGE_BYTES);
    /** A piece of a snapshot; it has to fit into a message of the transport. */
    static final int CHUNK_BYTES = 1024 * 1024;

    private static final int WRITE_BUFFER_BYTES = MESSAGE_BYTES + 64 * 1024;
    /** A new member may lack so many batches when it gets its vote. */
    private static final int CATCH_UP_GAP = 64;

    private static final Duration NEVER = Duration.ofDays(1000);
    private static final Duration SOON = Duration.ofMillis(50);

    private RaftOptions() {}

    static RaftProperties of(Timings timings, int segmentBytes, Path directory) {
        RaftProperties options = new RaftProperties();
        RaftConfigKeys.Rpc.setType(options, new TransportRpc.Type());
        RaftServerConfigKeys.setStorageDir(options, List.of(directory.toFile()));
        elections(options, timings);
        log(options, segmentBytes);
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(options, false); // see Compactor
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(options, 1);
        // As long as a batch may be repeated, its answer is remembered.
        RaftServerConfigKeys.RetryCache.setExpiryTime(
                options, millis(timings.submit().plusSeconds(2)));
        return options;
    }

    private static void elections(RaftProperties options, Timings timings) {
        RaftServerConfigKeys.Rpc.setTimeoutMin(options, millis(timings.election()));
        RaftServerConfigKeys.Rpc.setTimeoutMax(options, millis(timings.latestElection()));
        // The first election need not wait: thanks to the pre-vote an early candidate disturbs no leader.
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(options, millis(SOON));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(options, millis(SOON.multipliedBy(5)));
        RaftServerConfigKeys.LeaderElection.setPreVote(options, true);
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(options, millis(timings.exchange()));
        RaftServerConfigKeys.setStagingCatchupGap(options, CATCH_UP_GAP);
        RaftServerConfigKeys.setStagingTimeout(options, millis(timings.submit()));
        // Ratis would stop for good after a pause of a minute, such as a laptop's sleep.
        RaftServerConfigKeys.setCloseThreshold(options, millis(NEVER));
    }

    private static void log(RaftProperties options, int segmentBytes) {
        RaftServerConfigKeys.Log.setSegmentSizeMax(options, SizeInBytes.valueOf(segmentBytes));
        RaftServerConfigKeys.Log.setPreallocatedSize(options, SizeInBytes.valueOf(segmentBytes / 4));
        RaftServerConfigKeys.Log.setWriteBufferSize(options, SizeInBytes.valueOf(WRITE_BUFFER_BYTES));
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(options, 1);
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(options, SizeInBytes.valueOf(2L * segmentBytes));
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(options, true);
        RaftServerConfigKeys.Log.setPurgeGap(options, 1);
        // Would write an entry after each committed one; a leader tells what is committed anyway.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(options, false);
        // For leaders that send ahead; ours waits for each answer.
        RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(options, false);
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(options, SizeInBytes.valueOf(MESSAGE_BYTES));
    }

    private static TimeDuration millis(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
