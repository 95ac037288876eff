package io.skep.consensus.atomix;

import io.skep.consensus.support.MembershipChange;
import java.time.Duration;
import java.util.Locale;

/** What members ask one another, and how long each waits for the answer. */
enum Message {
    // A vote that comes late must not count: half the shortest election keeps it inside its own term.
    POLL(Patience.HALF_ELECTION),
    VOTE(Patience.HALF_ELECTION),
    // Lost, it must be repeated before a follower loses patience; an append that carries entries waits for a disk.
    HEARTBEAT(Patience.HALF_ELECTION),
    APPEND(Patience.ELECTION),
    CONFIGURE(Patience.ELECTION),
    INSTALL(Patience.SUBMIT),
    TRANSFER(Patience.SUBMIT),
    OPEN_SESSION(Patience.SUBMIT),
    CLOSE_SESSION(Patience.SUBMIT),
    KEEP_ALIVE(Patience.SUBMIT),
    COMMAND(Patience.SUBMIT),
    /** Not Atomix's: a change of the membership, see {@link MembershipChange}. */
    CHANGE(Patience.CATCH_UP);

    private enum Patience {
        HALF_ELECTION,
        ELECTION,
        SUBMIT,
        CATCH_UP
    }

    private final Patience patience;

    Message(Patience patience) {
        this.patience = patience;
    }

    /** The transport's subject. */
    String subject() {
        return "raft." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Duration timeout(Timings timings) {
        return switch (patience) {
            case HALF_ELECTION -> timings.election().dividedBy(2);
            case ELECTION -> timings.election();
            case SUBMIT -> timings.submit();
            case CATCH_UP -> timings.catchUp();
        };
    }
}
