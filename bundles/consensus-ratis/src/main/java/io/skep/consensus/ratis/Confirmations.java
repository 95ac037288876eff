package io.skep.consensus.ratis;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that this leader still leads: a majority has to answer a message that was sent after the question (Ongaro and Ousterhout,
 * section 8). Ratis's own linearizable reads skip the question when the same index was confirmed before, so that a leader who was
 * deposed meanwhile answers from the past.
 */
final class Confirmations {
    private record Waiting(RaftServer.Division division, long since, CompletableFuture<@Nullable Void> confirmed) {}

    private final Map<RaftPeerId, Replicator> replicators = new ConcurrentHashMap<>();
    /** When the last message was sent that a follower has answered. */
    private final Map<RaftPeerId, Long> followed = new ConcurrentHashMap<>();

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /** Takes a leader's way to a follower in place of the one before. */
    void replicates(Replicator replicator) {
        replicators.put(replicator.getFollowerId(), replicator);
    }

    /** Up to where a follower has the log, as its leader knows. */
    long matched(RaftPeerId follower) {
        Replicator replicator = replicators.get(follower);
        return replicator == null ? -1 : replicator.getFollower().getMatchIndex();
    }

    /** A follower has answered, as a follower, what was sent at a time of {@link System#nanoTime()}. */
    void followed(RaftPeerId follower, long sent) {
        followed.put(follower, sent);
        if (!waiting.isEmpty()) {
            waiting.removeIf(one -> one.confirmed().isDone()
                    || (confirmed(one) && one.confirmed().complete(null)));
        }
    }

    /** Completes once a majority has followed after now; fails when the leadership ends. */
    CompletableFuture<@Nullable Void> confirm(RaftServer.Division division) {
        Waiting asked = new Waiting(division, System.nanoTime(), new CompletableFuture<>());
        if (confirmed(asked)) {
            return CompletableFuture.completedFuture(null);
        }
        waiting.add(asked);
        replicators.values().forEach(Replicator::triggerHeartbeat);
        if (!division.getInfo().isLeader()) {
            deposed();
        }
        return asked.confirmed();
    }

    /** This member leads no more. */
    void deposed() {
        SkepException failure = new SkepException(ErrorCode.NO_LEADER, "the leader changed meanwhile; ask the new one");
        waiting.removeIf(one -> {
            one.confirmed().completeExceptionally(failure);
            return true;
        });
    }

    private boolean confirmed(Waiting asked) {
        RaftConfiguration members = asked.division().getRaftConf();
        return majority(asked, members.getCurrentPeers())
                && (members.getPreviousPeers().isEmpty() || majority(asked, members.getPreviousPeers()));
    }

    private boolean majority(Waiting asked, Collection<RaftPeer> members) {
        long count = members.stream()
                .filter(member -> follows(asked, member.getId()))
                .count();
        return count > members.size() / 2;
    }

    private boolean follows(Waiting asked, RaftPeerId member) {
        Long sent = followed.get(member);
        return member.equals(asked.division().getId()) || (sent != null && sent - asked.since() >= 0);
    }
}
