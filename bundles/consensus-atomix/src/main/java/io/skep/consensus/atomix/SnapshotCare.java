package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer.Role;
import io.atomix.protocols.raft.cluster.impl.RaftMemberContext;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.storage.log.RaftLog;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Spares followers a snapshot when the log still has every entry that they lack. Atomix's leader sends one to whoever has not yet come to where it was
 * taken, and under load somebody never has: each took the whole state again and again for a few entries. On the Raft thread.
 */
final class SnapshotCare {
    private final RaftContext raft;
    /** The snapshot that a follower was spared, by which Atomix believes that it has it. */
    private final Map<MemberId, Long> spared = new HashMap<>();

    SnapshotCare(RaftContext raft) {
        this.raft = raft;
    }

    /** Up to which index the log can be dropped behind a snapshot: for a follower that is less than a file behind, that file is kept. */
    long dispensable(long index) {
        RaftLog log = raft.getLog();
        long before = log.getCompactableIndex(Math.max(0, log.getCompactableIndex(index) - 1));
        long least = index;
        for (RaftMemberContext follower : followers()) {
            long next = follower.getLogReader().getNextIndex();
            if (before > 0 && next > before) {
                least = Math.min(least, next - 1);
            }
        }
        return least;
    }

    /** There is a new snapshot, and the log begins where it now begins. */
    void spare(long index) {
        for (RaftMemberContext follower : followers()) {
            if (within(follower) && follower.getSnapshotIndex() < index) {
                follower.setSnapshotIndex(index);
                spared.put(follower.getMember().memberId(), index);
            }
        }
    }

    /** Who was spared a snapshot and lacks more than it seemed gets it all the same. */
    void check() {
        for (RaftMemberContext follower : followers()) {
            Long snapshot = spared.get(follower.getMember().memberId());
            if (snapshot != null && !within(follower)) {
                spared.remove(follower.getMember().memberId());
                if (follower.getSnapshotIndex() == snapshot) {
                    follower.setSnapshotIndex(0);
                }
            }
        }
    }

    /** Whether the log has what a follower is to get next, and the entry before that. */
    private static boolean within(RaftMemberContext follower) {
        RaftLogReader reader = follower.getLogReader();
        return reader.getNextIndex() > reader.getFirstIndex();
    }

    private List<RaftMemberContext> followers() {
        return raft.getRole() != Role.LEADER
                ? List.of()
                : raft.getCluster().getRemoteMemberStates().stream()
                        .filter(follower -> follower.getLogReader() != null)
                        .toList();
    }
}
