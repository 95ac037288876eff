package io.skep.cluster.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Histories of one object by chance: what clients of a right object could see, or nearly so. */
final class Histories<S, C, A> {
    private final RightObject<S, C, A> object;
    private final List<C> calls;
    private final List<A> answers;

    /**
     * @param calls what clients ask
     * @param answers what a wrong object answers
     */
    Histories(RightObject<S, C, A> object, List<C> calls, List<A> answers) {
        this.object = object;
        this.calls = calls;
        this.answers = answers;
    }

    /**
     * A history that one order explains.
     *
     * @param unknown the share of operations that are not answered, half of which are never done
     */
    List<Operation<C, A>> right(Random chance, int clients, int operations, double unknown) {
        List<Operation<C, A>> history = new ArrayList<>();
        long[] free = new long[clients];
        S state = object.initial();
        // Each takes effect after the one before; its call and answer lie around that as far as the client is free.
        for (int i = 1; i <= operations; i++) {
            int client = chance.nextInt(clients);
            long effect = 10L * i;
            long from = Math.max(free[client], effect - chance.nextInt(30));
            C call = calls.get(chance.nextInt(calls.size()));
            boolean lost = chance.nextDouble() < unknown;
            if (from <= effect && !(lost && chance.nextBoolean())) {
                RightObject.Outcome<S, A> outcome = object.ask(chance, state, call);
                state = outcome.state();
                long to = effect + chance.nextInt(30);
                history.add(
                        lost
                                ? Operation.unknown(client, "x", call, from)
                                : Operation.answered(client, "x", call, outcome.answer(), from, to));
                free[client] = to + 1;
            } else if (lost) {
                history.add(Operation.unknown(client, "x", call, from));
            }
        }
        return history;
    }

    /** The same with one answer replaced. */
    List<Operation<C, A>> changed(Random chance, List<Operation<C, A>> history) {
        List<Operation<C, A>> changed = new ArrayList<>(history);
        int at = chance.nextInt(history.size());
        Operation<C, A> one = history.get(at);
        if (one.answer().isPresent()) {
            A answer = answers.get(chance.nextInt(answers.size()));
            changed.set(at, Operation.answered(one.client(), one.key(), one.call(), answer, one.from(), one.to()));
        }
        return changed;
    }
}
