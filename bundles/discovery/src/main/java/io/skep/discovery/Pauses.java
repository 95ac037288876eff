package io.skep.discovery;

import io.skep.api.gossip.Member;
import io.skep.api.gossip.Member.Liveness;
import io.skep.api.kernel.Scope;
import io.skep.api.kernel.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes that have said that only their gossip stops: as long as a swap may take they are not taken for dead. What a node said counts only when it was seen
 * alive here: the word of one that died in its pause stays in the table for long. On the loop.
 */
final class Pauses {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Scope scope;
    private final Runnable ended;
    private final Map<String, Timer> under = new HashMap<>();
    private final Set<String> over = new HashSet<>();
    private final Set<String> alive = new HashSet<>();

    /**
     * @param ended told on the loop when one has lasted too long
     */
    Pauses(Scope scope, Runnable ended) {
        this.scope = scope;
        this.ended = ended;
    }

    /**
     * The members as they are to be seen.
     *
     * @param told the table {@link io.skep.api.gossip.Gossip#PAUSES}
     */
    List<Member> members(List<Member> members, Map<String, Map<String, byte[]>> told) {
        members.stream()
                .filter(member -> member.liveness() != Liveness.DEAD)
                .forEach(member -> alive.add(member.nodeId()));
        Set<String> paused = new HashSet<>();
        told.forEach((node, entries) -> {
            if (!entries.isEmpty()) {
                paused.add(node);
            }
        });
        over.retainAll(paused);
        under.entrySet().removeIf(one -> {
            boolean back = !paused.contains(one.getKey());
            if (back) {
                one.getValue().cancel();
            }
            return back;
        });
        paused.stream()
                .filter(node -> alive.contains(node) && !over.contains(node))
                .forEach(this::begin);
        return members.stream().map(this::seen).toList();
    }

    private void begin(String node) {
        under.computeIfAbsent(
                node,
                paused -> scope.after(LONGEST, () -> {
                    under.remove(paused);
                    over.add(paused);
                    alive.remove(paused);
                    ended.run();
                }));
    }

    private Member seen(Member member) {
        return member.liveness() == Liveness.DEAD && under.containsKey(member.nodeId())
                ? new Member(member.nodeId(), member.address(), Liveness.SUSPECT)
                : member;
    }
}
