package io.skep.consensus.atomix;

import io.atomix.protocols.raft.RaftServer.Role;
import io.atomix.protocols.raft.cluster.impl.RaftClusterContext;
import io.atomix.protocols.raft.cluster.impl.RaftMemberContext;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.KeepAliveRequest;
import java.util.Comparator;
import java.util.List;

/** What Atomix's leader forgets about its followers. Runs on the Raft thread, whenever one answered or failed to. */
final class LeaderCare {
    /** One less than after which Atomix leaves a follower alone. */
    private static final int FAILURES = 4;

    private static final long[] NOBODY = {};

    private final RaftContext raft;
    private long nudged;

    LeaderCare(RaftContext raft) {
        this.raft = raft;
    }

    void check() {
        if (raft.getRole() == Role.LEADER) {
            keepTrying();
            commitWhatIsHeld();
        }
    }

    /**
     * Atomix tries a follower that failed five times ever more rarely, up to once a minute, which keeps a member waiting that is
     * slow to start. There are few followers, and a failed heartbeat costs nothing.
     */
    private void keepTrying() {
        for (RaftMemberContext follower : raft.getCluster().getRemoteMemberStates()) {
            if (follower.getFailureCount() >= FAILURES) {
                follower.resetFailureCount();
            }
        }
    }

    /**
     * When the answer to an append is late, Atomix learns from the next heartbeat that the follower has the entries, but
     * looks for what to commit only after an append with entries: a change of the members would hang until somebody wrote
     * something. An entry without content does.
     */
    private void commitWhatIsHeld() {
        if (raft.getCommitIndex() < raft.getLogWriter().getLastIndex()) {
            long held = heldByMajority();
            if (held > raft.getCommitIndex() && held > nudged) {
                nudged = raft.getLogWriter().getLastIndex();
                var unused = raft.getRaftRole().onKeepAlive(new KeepAliveRequest(NOBODY, NOBODY, NOBODY));
            }
        }
    }

    private long heldByMajority() {
        RaftClusterContext cluster = raft.getCluster();
        List<RaftMemberContext> others = cluster.getActiveMemberStates(
                Comparator.comparingLong(RaftMemberContext::getMatchIndex).reversed());
        int needed = cluster.getQuorum() - 1;
        return needed < 1 || others.size() < needed ? 0 : others.get(needed - 1).getMatchIndex();
    }
}
