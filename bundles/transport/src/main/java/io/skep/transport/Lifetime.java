package io.skep.transport;

import io.skep.model.ErrorCode;
import io.skep.model.SkepException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long one connection may be used. Before one of its certificates ends it is left for a new one, upon which both sides show
 * what they have then. Event loop only.
 */
final class Lifetime {
    /** So long before the end of a certificate, so that nothing has to be refused on the way. */
    private static final Duration AHEAD = Duration.ofSeconds(30);

    /** A connection as young as this has shown the newest certificates that there are. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** For a peer whose root is trusted no more, until it has moved to a new connection. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Party party;
    private final Pace pace;
    private final Clock clock;
    private final Instant begun;
    private Instant trustedUntil;
    private boolean leaving;
    private boolean otherLeaves;
    private boolean left;

    Lifetime(Party party, Pace pace, Clock clock) {
        this.party = party;
        this.pace = pace;
        this.clock = clock;
        this.begun = clock.instant();
        this.trustedUntil = party.until();
    }

    /** True the first time. */
    boolean leave() {
        boolean first = !leaving;
        leaving = true;
        return first;
    }

    void otherLeaves() {
        otherLeaves = true;
    }

    void left() {
        left = true;
    }

    /** True while the other side has not said that it has everything. */
    boolean awaitsLeft() {
        return leaving && !left;
    }

    boolean leaving() {
        return leaving || otherLeaves;
    }

    boolean bothLeft() {
        return leaving && left && otherLeaves;
    }

    /** The other side's chain leads to no root any more. */
    void distrust() {
        Instant soon = clock.instant().plus(GRACE);
        trustedUntil = soon.isBefore(trustedUntil) ? soon : trustedUntil;
    }

    /**
     * True when a new connection should take over.
     *
     * @param current what this node proves itself with now
     */
    boolean stale(Proof current) {
        Proof own = party.own();
        Instant now = clock.instant();
        return roleChanged(own, current)
                || ends(trustedUntil, now)
                || (own != null && own != current && ends(own.certified().until(), now));
    }

    private static boolean roleChanged(@Nullable Proof own, Proof current) {
        return own != null && own.role() != current.role();
    }

    private boolean ends(Instant until, Instant now) {
        boolean young = now.isBefore(begun.plus(YOUNG));
        return !now.isBefore(until) || (!young && !now.isBefore(until.minus(AHEAD)));
    }

    /** Why the other side is not listened to any more. */
    Optional<SkepException> refusal() {
        return clock.instant().isBefore(trustedUntil)
                ? Optional.empty()
                : Optional.of(new SkepException(
                        ErrorCode.FORBIDDEN,
                        "the certificate of " + party.name() + " was good until " + trustedUntil
                                + " and is not any more; the node has to renew it"));
    }

    /** True for a connection without a certificate that has had its time. */
    boolean overstayed() {
        return party.other().isEmpty() && clock.instant().isAfter(begun.plus(pace.anonymous()));
    }
}
