package io.skep.agent;

import io.skep.api.identity.ManagerAddress;
import io.skep.api.kernel.Entropy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One round of asking the known managers for the leader: the last good one first, then the others in random order, so that agents spread. */
final class Candidates {
    private static final long PATIENCE = 500;
    private static final long MOST_PATIENCE = 5_000;
    private static final long PAUSE = 100;
    private static final long MOST_PAUSE = 1_000;
    static final int QUICK_ROUNDS = 10;
    private final Deque<String> left = new ArrayDeque<>();
    private final Set<String> named = new HashSet<>();
    private final int round;
    private boolean answered;

    Candidates(List<ManagerAddress> managers, Optional<String> lastGood, Entropy entropy, int round) {
        this.round = round;
        List<String> others = new ArrayList<>();
        for (ManagerAddress manager : managers) {
            others.add(manager.nodeId());
        }
        lastGood.ifPresent(others::remove);
        lastGood.ifPresent(left::add);
        while (!others.isEmpty()) {
            left.add(others.remove((int) entropy.below(others.size())));
        }
    }

    /** Who is asked next; empty when the round is over. */
    Optional<String> next() {
        Optional<String> next = Optional.ofNullable(left.poll());
        next.ifPresent(named::add);
        return next;
    }

    /** Somebody named the leader: it is asked next, once a round. */
    void leader(String nodeId) {
        if (named.add(nodeId)) {
            left.remove(nodeId);
            left.addFirst(nodeId);
        }
    }

    /** A manager answered, be it that it does not know who leads. */
    void answer() {
        answered = true;
    }

    boolean answered() {
        return answered;
    }

    int round() {
        return round;
    }

    /** How long an answer may take. A manager that is off costs little in the first rounds, one that is slow is waited for in later ones. */
    Duration patience() {
        return Duration.ofMillis(Math.min(MOST_PATIENCE, PATIENCE << Math.min(round, QUICK_ROUNDS)));
    }

    /** How long to wait before the next round: short while an election may be under way, and never the same for all. */
    Duration pause(Entropy entropy) {
        long least = Math.min(MOST_PAUSE, PAUSE * (1 + round / QUICK_ROUNDS));
        return Duration.ofMillis(least + entropy.below(2 * least));
    }
}
