package io.skep.cluster.judge;

import java.util.Optional;

/**
 * How an object behaves when it is asked one thing after another.
 *
 * @param <S> its states, with {@code equals} and {@code hashCode}
 * @param <C> what it can be asked
 * @param <A> what it answers
 */
public interface Model<S, C, A> {
    /** Its state before anybody asked. */
    S initial();

    /**
     * The state after a call.
     *
     * @param answer to it; empty when there was none, then the state if it was done
     * @return empty when the object does not answer so in this state
     */
    Optional<S> next(S state, C call, Optional<A> answer);
}
