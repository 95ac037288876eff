package io.skep.store;

/**
 * What the state machine answers to a command.
 *
 * @param outcome what became of it
 * @param version of the snapshot that holds it; zero when none does
 * @param detail for people, when it was refused
 */
record Reply(Outcome outcome, long version, String detail) {
    /** What became of a command. */
    enum Outcome {
        /** Applied now, or earlier under the same request id. */
        APPLIED,
        /** Kept until its last piece comes. */
        PARTIAL,
        /** Pieces before the last are missing. */
        INCOMPLETE,
        /** A row was not at the version that was expected. */
        CONFLICT,
        /** Decided in a term that is over. */
        DEPOSED,
        /** The swarm goes on in another group: ask there. */
        MOVED
    }

    static Reply applied(long version) {
        return new Reply(Outcome.APPLIED, version, "");
    }

    static Reply refused(Outcome outcome, String detail) {
        return new Reply(outcome, 0, detail);
    }
}
