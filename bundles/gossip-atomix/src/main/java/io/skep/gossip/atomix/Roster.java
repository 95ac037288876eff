package io.skep.gossip.atomix;

import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members that were ever seen, the dead among them, which SWIM itself no longer tells. Written on the reactor's thread,
 * read on any.
 */
final class Roster {
    private final String self;
    private final Endpoint address;
    private final Map<String, SwimMembership.Seen> known = new TreeMap<>();
    private volatile List<Member> members;
    private volatile List<Endpoint> dead = List.of();

    /**
     * What a look at the members brought.
     *
     * @param changed whether anything did
     * @param appeared members that may lack what we know: new, restarted, or alive again
     */
    record News(boolean changed, List<Endpoint> appeared) {}

    Roster(String self, Endpoint address) {
        this.self = self;
        this.address = address;
        members = List.of(new Member(self, address.toString(), Liveness.ALIVE));
    }

    News update(List<SwimMembership.Seen> present) {
        Map<String, SwimMembership.Seen> now = new TreeMap<>();
        present.stream()
                .filter(member -> !member.nodeId().equals(self))
                .forEach(member -> now.put(member.nodeId(), member));
        known.forEach((id, before) -> now.computeIfAbsent(
                id, gone -> new SwimMembership.Seen(gone, before.address(), Liveness.DEAD, before.run())));
        List<Endpoint> appeared = new ArrayList<>();
        now.forEach((id, member) -> {
            if (member.liveness() == Liveness.ALIVE && !member.equals(known.get(id))) {
                appeared.add(member.address());
            }
        });
        boolean changed = !now.equals(known);
        known.putAll(now);
        if (changed) {
            publish();
        }
        return new News(changed, appeared);
    }

    private void publish() {
        List<Member> list = new ArrayList<>();
        list.add(new Member(self, address.toString(), Liveness.ALIVE));
        known.values()
                .forEach(member ->
                        list.add(new Member(member.nodeId(), member.address().toString(), member.liveness())));
        members = List.copyOf(list);
        List<Endpoint> taken = peers();
        dead = known.values().stream()
                .filter(member -> member.liveness() == Liveness.DEAD)
                .map(SwimMembership.Seen::address)
                .filter(where -> !taken.contains(where))
                .toList();
    }

    /** This node first, the others by id. Any thread. */
    List<Member> members() {
        return members;
    }

    /** Where dead members were last, unless another one is there now. Any thread. */
    List<Endpoint> dead() {
        return dead;
    }

    /** Where the live and suspect members are, without this one. */
    List<Endpoint> peers() {
        return live().map(SwimMembership.Seen::address).toList();
    }

    /** The ids of the live and suspect members, without this one. */
    List<String> peerIds() {
        return live().map(SwimMembership.Seen::nodeId).toList();
    }

    private Stream<SwimMembership.Seen> live() {
        return known.values().stream().filter(member -> member.liveness() != Liveness.DEAD);
    }

    String selfId() {
        return self;
    }

    boolean isSelf(String nodeId) {
        return nodeId.equals(self);
    }

    /** The ids of all members, dead ones too, and {@code owners}. */
    Set<String> andOwners(Set<String> owners) {
        Set<String> ids = new TreeSet<>(owners);
        ids.addAll(known.keySet());
        return ids;
    }

    /** Whether some live member, or this one, is at {@code where}. */
    boolean knows(Endpoint where) {
        return where.equals(address)
                || live().anyMatch(member -> member.address().equals(where));
    }

    /** Whether {@code nodeId} is this node, a live or a suspect member. */
    boolean lives(String nodeId) {
        SwimMembership.Seen member = known.get(nodeId);
        return nodeId.equals(self) || (member != null && member.liveness() != Liveness.DEAD);
    }

    /**
     * Forgets a dead member.
     *
     * @return where it was, or null when it was not known
     */
    @Nullable
    Endpoint forget(String nodeId) {
        SwimMembership.Seen gone = known.remove(nodeId);
        publish();
        return gone == null ? null : gone.address();
    }
}
