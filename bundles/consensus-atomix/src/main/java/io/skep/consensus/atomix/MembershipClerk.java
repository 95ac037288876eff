package io.skep.consensus.atomix;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.RaftServer.Role;
import io.atomix.protocols.raft.cluster.RaftMember;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.cluster.impl.RaftMemberContext;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.JoinRequest;
import io.atomix.protocols.raft.protocol.LeaveRequest;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.ReconfigureRequest;
import io.skep.consensus.support.MembershipChange;
import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Carries out changes of the membership on the member that must: the leader, or the one that is to lead. A new member
 * first receives the state without a vote, so that adding a dead one cannot take the quorum away. Runs on the Raft thread.
 */
final class MembershipClerk {
    private record CatchUp(MemberId member, long target, CompletableFuture<byte[]> reached) {}

    private static final byte[] DONE = {};

    private final RaftContext raft;
    private final Mailbox mailbox;
    private final List<CatchUp> catchingUp = new ArrayList<>();

    MembershipClerk(RaftContext raft, Mailbox mailbox) {
        this.raft = raft;
        this.mailbox = mailbox;
    }

    CompletableFuture<byte[]> carryOut(MembershipChange change) {
        MemberId member = MemberId.from(change.member());
        if (change.verb() == MembershipChange.Verb.LEAD) {
            return lead();
        }
        if (raft.getRole() != Role.LEADER) {
            return refused(ErrorCode.NO_LEADER, "this member does not lead; ask the leader");
        }
        return change.verb() == MembershipChange.Verb.ADD ? add(member) : remove(member);
    }

    private CompletableFuture<byte[]> add(MemberId member) {
        RaftMember known = raft.getCluster().getMember(member);
        if (known != null && known.getType() == RaftMember.Type.ACTIVE) {
            return CompletableFuture.completedFuture(DONE);
        }
        return known != null ? catchUp(member) : admit(member).thenCompose(done -> catchUp(member));
    }

    private CompletableFuture<byte[]> admit(MemberId member) {
        JoinRequest request = JoinRequest.builder()
                .withMember(new DefaultRaftMember(member, RaftMember.Type.PROMOTABLE, Instant.now()))
                .build();
        return raft.getRaftRole().onJoin(request).thenCompose(MembershipClerk::verdict);
    }

    private CompletableFuture<byte[]> catchUp(MemberId member) {
        CompletableFuture<byte[]> reached = new CompletableFuture<>();
        catchingUp.add(new CatchUp(member, raft.getCommitIndex(), reached));
        checkProgress();
        return reached.thenCompose(done -> promote(member));
    }

    /** Called on the Raft thread when a member acknowledged something, or the members changed. */
    void checkProgress() {
        if (!catchingUp.isEmpty()) {
            catchingUp.removeIf(this::settled);
        }
    }

    private boolean settled(CatchUp waiting) {
        RaftMemberContext state = raft.getCluster().getMemberState(waiting.member());
        if (raft.getRole() != Role.LEADER) {
            return waiting.reached()
                    .completeExceptionally(
                            new SkepException(ErrorCode.NO_LEADER, "the leader changed while a member was added"));
        }
        if (state == null) {
            return waiting.reached()
                    .completeExceptionally(new SkepException(
                            ErrorCode.WRONG_STATE, waiting.member() + " was removed while it was being added"));
        }
        return state.getMatchIndex() >= waiting.target() && waiting.reached().complete(DONE);
    }

    private CompletableFuture<byte[]> promote(MemberId member) {
        ReconfigureRequest request = ReconfigureRequest.builder()
                .withIndex(raft.getCluster().getConfiguration().index())
                .withTerm(raft.getCluster().getConfiguration().term())
                .withMember(new DefaultRaftMember(member, RaftMember.Type.ACTIVE, Instant.now()))
                .build();
        return raft.getRaftRole().onReconfigure(request).thenCompose(MembershipClerk::verdict);
    }

    private CompletableFuture<byte[]> remove(MemberId member) {
        RaftMember known = raft.getCluster().getMember(member);
        if (known == null || !raft.getCluster().getMembers().contains(known)) {
            return CompletableFuture.completedFuture(DONE);
        }
        if (known.equals(raft.getCluster().getMember())) {
            return handOver();
        }
        LeaveRequest request = LeaveRequest.builder().withMember(known).build();
        return raft.getRaftRole().onLeave(request).thenCompose(response -> {
            checkProgress();
            return verdict(response);
        });
    }

    /** The leader is to go: someone else leads first, and is then asked again to remove this one. */
    private CompletableFuture<byte[]> handOver() {
        Optional<RaftMemberContext> heir = raft.getCluster().getActiveMemberStates().stream()
                .max(Comparator.comparingLong(RaftMemberContext::getMatchIndex));
        if (heir.isEmpty()) {
            return refused(
                    ErrorCode.WRONG_STATE,
                    "the last manager cannot be removed; add another one first, or leave the swarm");
        }
        String id = heir.get().getMember().memberId().id();
        byte[] change = new MembershipChange(MembershipChange.Verb.LEAD, id).encode();
        return mailbox.ask(Message.CHANGE, id, change, byte[].class)
                .thenCompose(done -> refused(ErrorCode.NO_LEADER, "leadership went to " + id + "; ask it"));
    }

    private CompletableFuture<byte[]> lead() {
        if (raft.getCluster().getMember().getType() != RaftMember.Type.ACTIVE) {
            return refused(ErrorCode.WRONG_STATE, "a member without a vote cannot lead; add it first");
        }
        return raft.anoint()
                .handle((done, failure) -> failure == null)
                .thenCompose(led -> led
                        ? CompletableFuture.completedFuture(DONE)
                        : refused(ErrorCode.NO_LEADER, "another member was elected"));
    }

    private static CompletableFuture<byte[]> verdict(@Nullable RaftResponse response) {
        return response != null && response.status() == RaftResponse.Status.OK
                ? CompletableFuture.completedFuture(DONE)
                : refused(ErrorCode.NO_LEADER, "the leader is busy with another change of the members");
    }

    private static CompletableFuture<byte[]> refused(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new SkepException(code, message));
    }
}
