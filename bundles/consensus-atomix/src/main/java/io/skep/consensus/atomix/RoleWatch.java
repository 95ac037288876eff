package io.skep.consensus.atomix;

import io.atomix.protocols.raft.RaftServer.Role;
import io.skep.consensus.support.EngineThread;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether this member does what its role asks for.
 * <ul>
 *   <li>A follower may fall asleep: when its election timer fires while the log is still replayed, Atomix never sets it
 *       again; should that happen to all, nobody would ever ask for an election.
 *   <li>A member may be stranded in a role that it could not begin, since that writes to the disk: a leader without room for its
 *       first entry leads nobody, and Atomix leaves it at that.
 * </ul>
 * Either begins again.
 */
final class RoleWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RoleWatch.class);
    private static final int ELECTIONS_ASLEEP = 5;

    private final RaftNode node;
    private final EngineThread thread;
    private final Duration patience;
    private volatile long awake = System.nanoTime();

    RoleWatch(RaftNode node, EngineThread thread, Timings timings) {
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
            node.raftThread().execute(this::look);
            watch();
        });
    }

    private void look() {
        if (node.stranded()) {
            LOG.warn(
                    "member {} could not begin its role; it tries again",
                    node.raft().getName());
            node.beginAgain();
        } else if (node.raft().getRole() == Role.FOLLOWER && System.nanoTime() - awake > patience.toNanos()) {
            LOG.warn(
                    "member {} heard nothing for {}; it looks for a leader again",
                    node.raft().getName(),
                    patience);
            node.beginAgain();
        }
    }
}
