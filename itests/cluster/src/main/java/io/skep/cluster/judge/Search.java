package io.skep.cluster.judge;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order that explains one object's history: tries every operation that could be next, and goes back when an answer comes that
 * nothing so far explains (Wing and Gong, "Testing and verifying concurrent objects", 1993), without trying again what led to the same state
 * with the same operations done (Lowe, "Testing for linearizability", 2017).
 */
final class Search<S, C, A> {
    private final Model<S, C, A> model;
    private final Timeline<C, A> timeline;
    private final Deque<Done<S>> done = new ArrayDeque<>();
    private final BitSet isDone = new BitSet();
    private final Set<Seen<S>> seen = new HashSet<>();
    private final Furthest<S, C, A> furthest = new Furthest<>();
    private S state;

    Search(Model<S, C, A> model, List<Operation<C, A>> history) {
        this.model = model;
        this.timeline = new Timeline<>(history);
        this.state = model.initial();
    }

    /** What cannot be explained; empty when everything can. */
    Optional<String> violation() {
        int place = timeline.first();
        while (timeline.answersLeft() > 0) {
            if (timeline.isAnswer(place)) {
                furthest.reached(timeline.operation(place), state);
                if (done.isEmpty()) {
                    return Optional.of(furthest.text());
                }
                place = undo();
            } else {
                place = advance(place) ? timeline.first() : timeline.after(place);
            }
        }
        return Optional.empty();
    }

    /** Lets an operation take effect now, if its answer allows it and that is new. */
    private boolean advance(int call) {
        Operation<C, A> operation = timeline.operation(call);
        int number = timeline.number(call);
        Optional<S> next = model.next(state, operation.call(), operation.answer());
        if (next.isEmpty()) {
            return false;
        }
        isDone.set(number);
        if (!seen.add(new Seen<>((BitSet) isDone.clone(), next.get()))) {
            isDone.clear(number);
            return false;
        }
        done.push(new Done<>(call, state));
        state = next.get();
        timeline.remove(call);
        return true;
    }

    /** Takes the last effect back, and goes on with what could have been in its place. */
    private int undo() {
        Done<S> last = done.pop();
        state = last.before();
        isDone.clear(timeline.number(last.call()));
        timeline.restore(last.call());
        return timeline.after(last.call());
    }

    /** An effect: where its call is, and the state before it. */
    private record Done<S>(int call, S before) {}

    private record Seen<S>(BitSet done, S state) {}

    /** The latest answer that nothing explained, and the states in which the object could have been. */
    private static final class Furthest<S, C, A> {
        private final Set<S> states = new LinkedHashSet<>();
        private Optional<Operation<C, A>> operation = Optional.empty();

        void reached(Operation<C, A> answered, S state) {
            long before = operation.map(Operation::to).orElse(Long.MIN_VALUE);
            if (answered.to() > before) {
                states.clear();
                operation = Optional.of(answered);
            }
            if (answered.to() >= before) {
                states.add(state);
            }
        }

        String text() {
            return "nothing explains " + operation.map(Operation::toString).orElse("") + "; before it, it could be "
                    + states;
        }
    }
}
