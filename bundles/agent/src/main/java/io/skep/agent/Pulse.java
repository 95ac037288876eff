package io.skep.agent;

import java.time.Duration;
import java.time.Instant;

/** The rhythm of a session: how often this node beats, and how long the leader may be silent. On the loop. */
final class Pulse {
    /** A leader that pauses for half a second keeps its sessions, whatever the period. */
    private static final Duration LEAST_SILENCE = Duration.ofSeconds(1);

    private static final int BEATS_OF_SILENCE = 3;
    private Duration period;
    private Instant heard;

    Pulse(long beatMillis, Instant now) {
        period = Duration.ofMillis(beatMillis);
        heard = now;
    }

    void heard(long beatMillis, Instant now) {
        period = Duration.ofMillis(beatMillis);
        heard = now;
    }

    Duration period() {
        return period;
    }

    /** How long an answer may take. */
    Duration patience() {
        Duration beats = period.multipliedBy(BEATS_OF_SILENCE);
        return beats.compareTo(LEAST_SILENCE) < 0 ? LEAST_SILENCE : beats;
    }

    /** One beat that was lost on the way is none when a later one was answered. */
    boolean silent(Instant now) {
        return Duration.between(heard, now).compareTo(patience()) >= 0;
    }
}
