package io.skep.orchestrator;

import io.skep.model.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which slots go first when a service shrinks: unassigned ones, then those that do not run, then one after the other from the node that
 * has most of the service; among equals the highest number.
 */
final class Surplus {
    private Surplus() {}

    /**
     * A slot with what decides about it.
     *
     * @param rank 0 unassigned, 1 not running, 2 running
     * @param position counts the running slots of its node, from the lowest number up
     */
    private record Candidate(Slot slot, int rank, int position) {
        static final Comparator<Candidate> DISPENSABLE_FIRST = Comparator.comparingInt(Candidate::rank)
                .thenComparing(Comparator.comparingInt(Candidate::position).reversed())
                .thenComparing(Comparator.comparingInt(
                                (Candidate candidate) -> candidate.slot().number())
                        .reversed());
    }

    /** All the slots, in the order in which they should go. */
    static List<Slot> mostDispensableFirst(TaskFacts facts, List<Slot> occupied) {
        Map<String, Integer> running = new HashMap<>();
        List<Candidate> candidates = new ArrayList<>();
        for (Slot slot : occupied) {
            candidates.add(candidate(facts, slot, running));
        }
        candidates.sort(Candidate.DISPENSABLE_FIRST);
        return candidates.stream().map(Candidate::slot).toList();
    }

    private static Candidate candidate(TaskFacts facts, Slot slot, Map<String, Integer> running) {
        boolean assigned = false;
        for (Task task : slot.wanted()) {
            if (facts.running(task)) {
                return new Candidate(slot, 2, running.merge(task.nodeId(), 1, Integer::sum));
            }
            assigned |= task.assigned();
        }
        return new Candidate(slot, assigned ? 1 : 0, 0);
    }
}
