package io.skep.manager;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * When each node was heard of last, and which have been silent for too long. Beats are noted on the transport's threads, since thousands of agents
 * beat all the time and nothing else has to know; everything else is asked on the loop.
 */
final class Heartbeats {
    /** Beats without a word after which a node is down. */
    static final int LOST = 5;
    /** Beats without a word after which it is down when gossip calls it dead, too. */
    static final int LOST_WITH_EVIDENCE = 3;
    /** Beats that nodes have beyond that to find a new leader. */
    static final int GRACE = 2;

    /** So many beats a second a leader listens to; each takes it some 0.07 ms. */
    static final int MOST_A_SECOND = 800;

    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private Instant checked = Instant.MIN;

    /**
     * The last word of a node.
     *
     * @param at when it came
     * @param grace how much longer than usual the node may be silent
     * @param told the period that it was told then, and may not have heard of yet
     * @param before the period by which it beat until then
     */
    private record Heard(Instant at, Duration grace, Duration told, Duration before) {
        Heard at(Instant time) {
            return new Heard(time, grace, told, before);
        }

        boolean silent(Instant now, int beats) {
            Duration period = told.compareTo(before) > 0 ? told : before;
            Duration allowed = period.multipliedBy(beats).plus(grace);
            return Duration.between(at, now).compareTo(allowed) >= 0;
        }
    }

    /** How often each of so many nodes is to beat: as an operator asked, or so seldom that the leader can listen to all. */
    static Duration period(Duration asked, int nodes) {
        Duration bearable = Duration.ofSeconds(1).multipliedBy(nodes).dividedBy(MOST_A_SECOND);
        return bearable.compareTo(asked) > 0 ? bearable : asked;
    }

    /** A node spoke and was told how often it is to beat. Any thread. */
    void heard(String nodeId, Instant at, Duration told) {
        heard.compute(nodeId, (id, last) -> new Heard(at, Duration.ZERO, told, last == null ? told : last.told()));
    }

    /** A node is to speak within so much time more than usual. */
    void expect(String nodeId, Instant from, Duration grace, Duration beat) {
        heard.put(nodeId, new Heard(from, grace, beat, beat));
    }

    /** True for a node that will be lost unless it speaks. */
    boolean awaits(String nodeId) {
        return heard.containsKey(nodeId);
    }

    void forget(String nodeId) {
        heard.remove(nodeId);
    }

    /** All begin anew: who leads now has heard nobody yet. */
    void restart(Iterable<String> nodeIds, Instant now, Duration beat) {
        heard.clear();
        nodeIds.forEach(node -> expect(node, now, beat.multipliedBy(GRACE), beat));
        checked = now;
    }

    /**
     * The nodes that are lost.
     *
     * @param beat the heartbeat period; this is called at least as often
     * @param dead what gossip says of a node; asked only of those that are silent
     */
    List<String> lost(Instant now, Duration beat, Predicate<String> dead) {
        forgive(now, beat);
        List<String> lost = new ArrayList<>();
        heard.forEach((node, last) -> {
            boolean silent = last.silent(now, LOST);
            if (silent || (last.silent(now, LOST_WITH_EVIDENCE) && dead.test(node))) {
                lost.add(node);
            }
        });
        return lost;
    }

    /** Whoever did not run for a while, or whose clock was set, cannot tell who was silent meanwhile. */
    private void forgive(Instant now, Duration beat) {
        Duration since = Duration.between(checked, now);
        Duration missed = since.minus(beat);
        if (since.isNegative()) {
            // Only what was heard before the clock was set back lies ahead of it.
            heard.replaceAll((node, last) ->
                    last.at().isAfter(now) ? last.at(earlier(last.at().plus(missed), now)) : last);
        } else if (since.compareTo(beat.multipliedBy(2)) > 0) {
            heard.replaceAll((node, last) -> last.at(earlier(last.at().plus(missed), now)));
        }
        checked = now;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
