package io.skep.model;

/** Tells a caller what may help after a failure; whether to retry follows from the kind alone. */
public enum ErrorKind {
    /** The request is wrong; repeating it unchanged fails again. */
    USER,
    /** Another change won; decide again on a newer snapshot. */
    CONFLICT,
    /** A part or a peer is missing or slow; the outcome may be unknown; repeat under the same request id. */
    UNAVAILABLE,
    /** A rule of the program is broken; repeating does not help and somebody should look. */
    INTERNAL
}
