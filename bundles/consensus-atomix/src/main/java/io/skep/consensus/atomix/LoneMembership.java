package io.skep.consensus.atomix;

import io.atomix.cluster.ClusterMembershipEventListener;
import io.atomix.cluster.ClusterMembershipService;
import io.atomix.cluster.Member;
import io.atomix.cluster.MemberId;
import io.atomix.utils.net.Address;
import java.util.Set;

/**
 * The view of the network that a Raft server asks for: it uses it to know its own id, and to hear of members that died, which
 * the heartbeats tell as well.
 */
final class LoneMembership implements ClusterMembershipService {
    private static final int NO_PORT = 1;

    private final Member local;

    LoneMembership(String memberId) {
        this.local = Member.member(MemberId.from(memberId), Address.from("127.0.0.1", NO_PORT));
    }

    @Override
    public Member getLocalMember() {
        return local;
    }

    @Override
    public Set<Member> getMembers() {
        return Set.of(local);
    }

    @Override
    public Member getMember(MemberId memberId) {
        return local;
    }

    @Override
    public void addListener(ClusterMembershipEventListener listener) {}

    @Override
    public void removeListener(ClusterMembershipEventListener listener) {}
}
