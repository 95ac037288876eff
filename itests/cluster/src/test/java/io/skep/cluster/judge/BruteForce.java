package io.skep.cluster.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries every order of a small history: slow, and too simple to be wrong. */
final class BruteForce {
    private BruteForce() {}

    /** Whether one order explains the rest of a history. */
    static <S, C, A> boolean explains(Model<S, C, A> model, S state, List<Operation<C, A>> rest) {
        if (rest.stream().allMatch(operation -> operation.answer().isEmpty())) {
            return true;
        }
        return rest.stream().filter(operation -> canBeFirst(operation, rest)).anyMatch(operation -> {
            Optional<S> next = model.next(state, operation.call(), operation.answer());
            return next.isPresent() && explains(model, next.get(), without(operation, rest));
        });
    }

    private static <C, A> boolean canBeFirst(Operation<C, A> one, List<Operation<C, A>> rest) {
        return rest.stream().noneMatch(other -> other.to() < one.from());
    }

    private static <C, A> List<Operation<C, A>> without(Operation<C, A> one, List<Operation<C, A>> rest) {
        List<Operation<C, A>> others = new ArrayList<>(rest);
        others.remove(one);
        return others;
    }
}
