package io.skep.cluster.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Whether every answer can be explained by one order of all operations in which each takes effect at one moment between its call and its
 * answer. Objects are independent, so each is judged by itself (Herlihy and Wing, "Linearizability: a correctness condition for concurrent
 * objects", 1990).
 */
public final class Linearizability {
    private Linearizability() {}

    /** What cannot be explained, one text an object; empty when all can. */
    public static <S, C, A> List<String> violations(Model<S, C, A> model, Collection<Operation<C, A>> operations) {
        TreeMap<String, List<Operation<C, A>>> byKey = new TreeMap<>();
        operations.forEach(operation ->
                byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation));
        List<String> violations = new ArrayList<>();
        byKey.forEach((key, history) -> new Search<>(model, history)
                .violation()
                .ifPresent(violation -> violations.add(key + ": " + violation)));
        return violations;
    }
}
