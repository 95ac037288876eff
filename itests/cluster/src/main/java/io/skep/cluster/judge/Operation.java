package io.skep.cluster.judge;

import java.util.Optional;

/**
 * What one client asked of one object and what it was answered, with the times of both by one clock.
 *
 * @param client who asked; one thing at a time
 * @param key the object
 * @param call what was asked
 * @param answer what was answered; empty when nobody knows whether it was done, then it may be done at any time after it was asked, or never
 * @param from when it was asked
 * @param to when it was answered; {@link #NEVER} without an answer
 */
public record Operation<C, A>(int client, String key, C call, Optional<A> answer, long from, long to) {
    /** The end of an operation that was not answered. */
    public static final long NEVER = Long.MAX_VALUE;

    /** An operation that was answered. */
    public static <C, A> Operation<C, A> answered(int client, String key, C call, A answer, long from, long to) {
        return new Operation<>(client, key, call, Optional.of(answer), from, to);
    }

    /** An operation of which nobody knows what became of it. */
    public static <C, A> Operation<C, A> unknown(int client, String key, C call, long from) {
        return new Operation<>(client, key, call, Optional.empty(), from, NEVER);
    }

    @Override
    public String toString() {
        return "[" + from + " to " + (to == NEVER ? "?" : to) + "] client " + client + ": " + call + " -> "
                + answer.map(Object::toString).orElse("?");
    }
}
