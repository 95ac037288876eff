package io.skep.cluster.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The calls and answers of a history in the order of their times, from which an operation is taken out once it took effect, and put back
 * where it was. A linked list over places 1 to n; place 0 is before the first. What was taken out last is put back first.
 */
final class Timeline<C, A> {
    private static final int NONE = -1;

    private final List<Operation<C, A>> operations;
    private final List<Moment> moments = new ArrayList<>();
    private final int[] answerPlace;
    private final int[] next;
    private final int[] previous;
    private int answersLeft;

    /** A call or an answer; a call comes before an answer of the same time, for then they overlap. */
    private record Moment(long time, boolean isAnswer, int operation) {
        static final Comparator<Moment> ORDER = Comparator.comparingLong(Moment::time)
                .thenComparing(Moment::isAnswer)
                .thenComparingInt(Moment::operation);
    }

    Timeline(List<Operation<C, A>> operations) {
        this.operations = List.copyOf(operations);
        this.answerPlace = new int[operations.size()];
        collect();
        this.next = new int[moments.size() + 2];
        this.previous = new int[moments.size() + 2];
        link();
    }

    private void collect() {
        for (int i = 0; i < operations.size(); i++) {
            Operation<C, A> operation = operations.get(i);
            moments.add(new Moment(operation.from(), false, i));
            if (operation.answer().isPresent()) {
                moments.add(new Moment(operation.to(), true, i));
                answersLeft++;
            }
        }
        moments.sort(Moment.ORDER);
    }

    private void link() {
        Arrays.fill(answerPlace, NONE);
        for (int place = 0; place < next.length; place++) {
            next[place] = place + 1;
            previous[place] = place - 1;
        }
        for (int place = 1; place <= moments.size(); place++) {
            if (isAnswer(place)) {
                answerPlace[number(place)] = place;
            }
        }
    }

    /** How many answers are not explained yet. */
    int answersLeft() {
        return answersLeft;
    }

    /** The first place. */
    int first() {
        return next[0];
    }

    /** The place after another. */
    int after(int place) {
        return next[place];
    }

    boolean isAnswer(int place) {
        return moments.get(place - 1).isAnswer();
    }

    /** The number of the operation that is called or answered there. */
    int number(int place) {
        return moments.get(place - 1).operation();
    }

    /** The operation that is called or answered there. */
    Operation<C, A> operation(int place) {
        return operations.get(number(place));
    }

    /** Takes an operation out, which took effect. */
    void remove(int call) {
        unlink(call);
        int answer = answerPlace[number(call)];
        if (answer != NONE) {
            unlink(answer);
            answersLeft--;
        }
    }

    /** Puts it back. */
    void restore(int call) {
        int answer = answerPlace[number(call)];
        if (answer != NONE) {
            relink(answer);
            answersLeft++;
        }
        relink(call);
    }

    private void unlink(int place) {
        next[previous[place]] = next[place];
        previous[next[place]] = previous[place];
    }

    private void relink(int place) {
        next[previous[place]] = place;
        previous[next[place]] = place;
    }
}
