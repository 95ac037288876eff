package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer.Role;
import io.atomix.protocols.raft.cluster.impl.RaftMemberContext;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.AppendRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Tells followers what is committed when nothing else is about to. Atomix tells them with the next entries or the next heartbeat, and until then whoever
 * wrote on a follower waits, and whoever is served by one sees what was. What is sent is a heartbeat like any other. On the Raft thread.
 */
final class CommitNews {
    /** So long the next entries may take, which carry the same news. */
    private static final Duration LULL = Duration.ofMillis(1);

    private final RaftContext raft;
    private final BiConsumer<String, AppendRequest> send;
    /** What each follower was told last, in this term. */
    private final Map<MemberId, Long> told = new HashMap<>();

    private long term;
    /** What was committed when this term was first seen here; only what came later is sure to be of this term. */
    private long before;

    private boolean waiting;

    CommitNews(RaftContext raft, BiConsumer<String, AppendRequest> send) {
        this.raft = raft;
        this.send = send;
    }

    /** Atomix has sent something that carries the news. */
    void carried(MemberId follower, AppendRequest request) {
        look();
        told.merge(follower, request.commitIndex(), Math::max);
    }

    /** A follower's answer was handled, and more may be committed. */
    void check() {
        look();
        if (!waiting && raft.getRole() == Role.LEADER && raft.getCommitIndex() > before) {
            waiting = true;
            raft.getThreadContext().schedule(LULL, this::tell);
        }
    }

    private void look() {
        if (raft.getTerm() != term) {
            term = raft.getTerm();
            before = raft.getCommitIndex();
            told.clear();
        }
    }

    private void tell() {
        waiting = false;
        look();
        long committed = raft.getCommitIndex();
        if (raft.getRole() == Role.LEADER && committed > before) {
            for (RaftMemberContext follower : raft.getCluster().getActiveMemberStates()) {
                MemberId id = follower.getMember().memberId();
                if (follower.getMatchIndex() >= committed && told.getOrDefault(id, 0L) < committed) {
                    told.put(id, committed);
                    send.accept(id.id(), heartbeat(committed));
                }
            }
        }
    }

    private AppendRequest heartbeat(long committed) {
        return AppendRequest.builder()
                .withTerm(term)
                .withLeader(raft.getCluster().getMember().memberId())
                .withPrevLogIndex(committed)
                .withPrevLogTerm(term)
                .withEntries(Collections.emptyList()) // Wire knows this form of none
                .withCommitIndex(committed)
                .build();
    }
}
