package io.skep.consensus.ratis;

import java.util.Locale;

/** What a member can be asked, and under which subject of the transport. */
enum Subject {
    /** Ratis's requests between its servers. */
    VOTE,
    APPEND,
    SNAPSHOT,
    ELECT,
    /** A batch of commands for the leader to put into the log. */
    SUBMIT,
    /** Up to where the log is committed, from a leader that has made sure that it leads. */
    READ,
    /** A change of the members, for the leader to carry out. */
    CHANGE,
    /** Whether the member is there at all. */
    GREET;

    String wire() {
        return "consensus.ratis." + name().toLowerCase(Locale.ROOT);
    }
}
