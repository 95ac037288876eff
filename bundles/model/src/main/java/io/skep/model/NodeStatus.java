package io.skep.model;

/**
 * What the managers think of a node.
 *
 * @param state whether it answers
 * @param message why, for people
 * @param addr where its transport listens, {@code host:port}
 */
public record NodeStatus(State state, String message, String addr) {
    /** The address without the port. */
    public String host() {
        int colon = addr.lastIndexOf(':');
        boolean port = colon >= 0 && (addr.indexOf(':') == colon || addr.charAt(colon - 1) == ']');
        String host = port ? addr.substring(0, colon) : addr;
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

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
