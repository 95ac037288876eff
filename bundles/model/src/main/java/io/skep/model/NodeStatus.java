package io.skep.model;

/**
 * What the managers think of a node.
 *
 * @param state whether it answers
 * @param message why, for people
 * @param addr its address without port
 */
public record NodeStatus(State state, String message, String addr) {
    /** Whether a node answers. */
    public enum State {
        /** Not heard of since the leader changed. */
        UNKNOWN,
        /** Does not answer. */
        DOWN,
        /** Answers. */
        READY,
        /** Was taken out. */
        DISCONNECTED
    }
}
