package io.skep.model;

/** How far a task has come (SwarmKit's order and numbers); observed and desired state only ever go up. */
public enum TaskState {
    /** Made, not yet looked at. */
    NEW(0),
    /** Waits for a node. */
    PENDING(64),
    /** Has a node that does not know it yet. */
    ASSIGNED(192),
    /** The agent knows it. */
    ACCEPTED(256),
    /** Image, network and mounts are being made ready. */
    PREPARING(320),
    /** Could start now. */
    READY(384),
    /** Is being executed. */
    STARTING(448),
    /** Its process runs. */
    RUNNING(512),
    /** Ended with exit code 0. */
    COMPLETE(576),
    /** Was stopped because it was asked to. */
    SHUTDOWN(640),
    /** Ended with another exit code, or could not start. */
    FAILED(704),
    /** Could not be prepared, or the node no longer fits. */
    REJECTED(768),
    /** Is to be shut down and deleted; only ever desired. */
    REMOVE(800),
    /** Its node is lost for good. */
    ORPHANED(832);

    private final int number;

    TaskState(int number) {
        this.number = number;
    }

    /** The number by which states are ordered; the same as SwarmKit's. */
    public int number() {
        return number;
    }

    /** True when nothing of the task runs any more. */
    public boolean terminal() {
        return number > RUNNING.number;
    }

    /** True when this state comes after the other. */
    public boolean after(TaskState other) {
        return number > other.number;
    }
}
