package io.skep.cluster.judge;

import java.util.Optional;

/**
 * A name that one thing bears at a time. Who asks to take or to free it learns whether it could be done. Freeing takes a while, in which the
 * name cannot be taken and may be freed again.
 */
public final class Name implements Model<Name.State, Name.Call, Boolean> {
    /** What it can be asked. */
    public enum Call {
        /** Creates what bears the name; answered false when there is something that does. */
        TAKE,
        /** Removes what bears the name; answered false when there is nothing. */
        FREE
    }

    /** What is known of it. */
    public enum State {
        /** Nothing bears it. */
        UNUSED,
        /** Something does. */
        USED,
        /** It was freed, so it is unused, or will be by itself. */
        FREED
    }

    @Override
    public State initial() {
        return State.UNUSED;
    }

    @Override
    public Optional<State> next(State state, Call call, Optional<Boolean> answer) {
        boolean done = answer.orElse(true);
        return call == Call.TAKE ? take(state, done) : free(state, done);
    }

    private static Optional<State> take(State state, boolean done) {
        if (done) {
            return state == State.USED ? Optional.empty() : Optional.of(State.USED);
        }
        return state == State.UNUSED ? Optional.empty() : Optional.of(state);
    }

    private static Optional<State> free(State state, boolean done) {
        if (done) {
            return state == State.UNUSED ? Optional.empty() : Optional.of(State.FREED);
        }
        return state == State.USED ? Optional.empty() : Optional.of(State.UNUSED);
    }
}
