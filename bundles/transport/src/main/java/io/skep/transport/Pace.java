package io.skep.transport;

import java.time.Duration;

/**
 * The intervals.
 *
 * @param connect until a TCP connection counts as impossible
 * @param handshake until an unfinished TLS handshake ends
 * @param tick between two looks at every connection
 * @param silentTicksBusy of silence until a peer that owes an answer is pinged
 * @param silentTicksIdle of silence until a peer that owes nothing is pinged
 * @param ticksUntilDead without an answer to a ping
 * @param firstRetry after which an unreachable node is tried again, doubled with every failure
 * @param lastRetry the longest time between two tries
 * @param replacement how long requests wait for a connection that replaces one that was left
 * @param anonymous how long a connection without a certificate may last
 */
record Pace(
        Duration connect,
        Duration handshake,
        Duration tick,
        int silentTicksBusy,
        int silentTicksIdle,
        int ticksUntilDead,
        Duration firstRetry,
        Duration lastRetry,
        Duration replacement,
        Duration anonymous) {

    /** A peer that owes an answer is given up 1.5 to 2 s after its last sign of life; a pause of up to 1.5 s has no consequence. */
    static final Pace NORMAL = new Pace(
            Duration.ofMillis(1500),
            Duration.ofSeconds(5),
            Duration.ofMillis(250),
            1,
            60,
            6,
            Duration.ofMillis(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));
}
