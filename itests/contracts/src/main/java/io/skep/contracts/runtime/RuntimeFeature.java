package io.skep.contracts.runtime;

/** What a runtime may leave out: the contract's tests of what it does not declare are skipped. */
public enum RuntimeFeature {
    /** Grace periods and time-outs take the time they say. */
    REAL_TIME,
    /** Programs really run: a POSIX shell, variables, working directories. */
    PROGRAMS,
    /** Further processes in a running container. */
    EXEC,
    /** Old log files are given up. */
    LOG_ROTATION,
    /** Entrypoint, command, variables and user of an image; users and groups by name. */
    IMAGES,
    /** A root file system of its own, bind, volume and tmpfs mounts, hostname. */
    FILE_SYSTEM,
    /** Limits of memory and processes, and what is used now. */
    LIMITS
}
