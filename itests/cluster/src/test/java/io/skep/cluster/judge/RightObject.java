package io.skep.cluster.judge;

import java.util.Random;

/** An object that behaves, as an implementation would: what its model only allows, this one decides. */
interface RightObject<S, C, A> {
    /** Its state at first. */
    S initial();

    /** What a call does, and what may have happened by itself before. */
    Outcome<S, A> ask(Random chance, S state, C call);

    /**
     * What a call does.
     *
     * @param state after it
     * @param answer to it
     */
    record Outcome<S, A>(S state, A answer) {}

    /** Holds one value. */
    final class OneValue implements RightObject<String, Register.Call, String> {
        @Override
        public String initial() {
            return "";
        }

        @Override
        public Outcome<String, String> ask(Random chance, String state, Register.Call call) {
            String next = call.equals(Register.READ) ? state : call.value();
            return new Outcome<>(next, next);
        }
    }

    /** Bears one name: its state is how often it must still be looked at until it is gone; none when it is there to stay. */
    final class OneName implements RightObject<Integer, Name.Call, Boolean> {
        private static final int GONE = 0;
        private static final int THERE = -1;

        @Override
        public Integer initial() {
            return GONE;
        }

        @Override
        public Outcome<Integer, Boolean> ask(Random chance, Integer state, Name.Call call) {
            int now = state > 0 ? state - 1 : state;
            if (call == Name.Call.TAKE) {
                return now == GONE ? new Outcome<>(THERE, true) : new Outcome<>(now, false);
            }
            if (now == GONE) {
                return new Outcome<>(GONE, false);
            }
            return new Outcome<>(now == THERE ? chance.nextInt(3) : now, true);
        }
    }
}
