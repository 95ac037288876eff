package io.skep.model;

/** What a node may do in the swarm. */
public enum NodeRole {
    /** Runs tasks; reads only what concerns it. */
    WORKER,
    /** Holds a copy of the state, votes, and may become the leader. */
    MANAGER
}
