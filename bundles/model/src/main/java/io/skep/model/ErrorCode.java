package io.skep.model;

/**
 * Every reason for which a call of Skep fails. The name is stable: it is printed, logged and sent over the wire.
 */
public enum ErrorCode {
    /** An argument, spec or file is malformed or out of range. */
    INVALID_ARGUMENT(ErrorKind.USER),
    /** No object has the given id, name or id prefix. */
    NOT_FOUND(ErrorKind.USER),
    /** More than one object matches the given id prefix. */
    AMBIGUOUS(ErrorKind.USER),
    /** The name, port or address is taken. */
    ALREADY_EXISTS(ErrorKind.USER),
    /** The object is used by another one and cannot go. */
    IN_USE(ErrorKind.USER),
    /** The command does not fit the present state, such as leaving a swarm one is not in. */
    WRONG_STATE(ErrorKind.USER),
    /** The peer's role does not permit the call. */
    FORBIDDEN(ErrorKind.USER),
    /** An image, runtime, network or program that the container needs is not on this node. */
    NOT_INSTALLED(ErrorKind.USER),
    /** A row was written by someone else since the version that the transaction names. */
    OUT_OF_SEQUENCE(ErrorKind.CONFLICT),
    /** A newer leader has begun its term; this one's commands are refused. */
    DEPOSED(ErrorKind.CONFLICT),
    /** A part that the call needs is stopped or not installed; the message names it. */
    PART_MISSING(ErrorKind.UNAVAILABLE),
    /** No leader or no quorum within the deadline. */
    NO_LEADER(ErrorKind.UNAVAILABLE),
    /** The peer did not answer in time; the call may have been carried out. */
    TIMED_OUT(ErrorKind.UNAVAILABLE),
    /** A resource of the host is exhausted: disk, memory, processes. */
    EXHAUSTED(ErrorKind.UNAVAILABLE),
    /** A program, kernel interface or file failed in a way that was not foreseen. */
    FAILED(ErrorKind.INTERNAL),
    /** Stored data cannot be read or contradicts itself. */
    CORRUPT(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    ErrorCode(ErrorKind kind) {
        this.kind = kind;
    }

    /** What may help after this failure. */
    public ErrorKind kind() {
        return kind;
    }
}
