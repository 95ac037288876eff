package io.skep.consensus.atomix;

import io.atomix.protocols.raft.RaftServer.Role;
import io.atomix.protocols.raft.impl.RaftContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a follower that fell asleep. When its election timer fires while the log is still replayed, Atomix never sets it
 * again; should that happen to all, nobody would ever ask for an election. A follower that for long neither
 * hears a leader nor looks for votes takes its role anew.
 */
final class FollowerWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerWatch.class);
    private static final int ELECTIONS_ASLEEP = 5;

    private final RaftNode node;
    private final EngineThread thread;
    private final Duration patience;
    private volatile long awake = System.nanoTime();

    FollowerWatch(RaftNode node, EngineThread thread, Timings timings) {
        this.node = node;
        this.thread = thread;
        this.patience = timings.election().multipliedBy(ELECTIONS_ASLEEP);
    }

    /** The leader spoke, or this member looks for votes. */
    void sign() {
        awake = System.nanoTime();
    }

    /** Looks again and again until the thread ends. */
    void watch() {
        thread.after(patience, () -> {
            if (System.nanoTime() - awake > patience.toNanos()) {
                node.raftThread().execute(this::wake);
            }
            watch();
        });
    }

    private void wake() {
        RaftContext raft = node.raft();
        if (raft.getRole() == Role.FOLLOWER) {
            LOG.warn("member {} heard nothing for {}; it looks for a leader again", raft.getName(), patience);
            raft.setLeader(null);
            raft.transition(Role.INACTIVE);
            raft.transition(Role.FOLLOWER);
        }
    }
}
