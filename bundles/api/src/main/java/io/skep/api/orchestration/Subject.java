package io.skep.api.orchestration;

/** What a decision is about. */
public sealed interface Subject {
    /** The id of the object. */
    String id();

    /**
     * A service with all its tasks.
     *
     * @param id the service's id; the service may be gone while tasks of it remain
     */
    record OfService(String id) implements Subject {}

    /**
     * A node with all its tasks.
     *
     * @param id the node's id; the node may be gone while tasks on it remain
     */
    record OfNode(String id) implements Subject {}

    /**
     * A network; looked at when it changes and when a task gives an address of it back while it is being removed.
     *
     * @param id the network's id; the network may be gone
     */
    record OfNetwork(String id) implements Subject {}
}
