package io.skep.consensus.atomix;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whom this member supports when somebody asks who would vote for it; Atomix supports everybody whose log is long enough. Here
 * it supports nobody while it hears the leader, so that one member that was slow or cut off deposes no leader
 * whom the others follow; and one candidate at a time, itself among them, so that votes are seldom split (Ongaro, "Consensus:
 * Bridging Theory and Practice", 2014, 4.2.3 and 9.6). Thread-safe.
 */
final class Allegiance {
    private record Promise(String candidate, long since) {}

    private final long loyaltyNanos;
    private final long promiseNanos;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Promise> promise = new AtomicReference<>();
    private volatile long heard;

    Allegiance(Duration election, LongSupplier nanos) {
        // less than the shortest election time-out, for the last heartbeat does not reach all at the same moment
        this.loyaltyNanos = election.toNanos() / 4 * 3;
        this.promiseNanos = election.toNanos() / 2;
        this.nanos = nanos;
        this.heard = nanos.getAsLong() - loyaltyNanos;
    }

    /** A leader spoke. */
    void heardLeader() {
        heard = nanos.getAsLong();
    }

    /** Whether a candidate has this member's support now; if so, no other has it for a while. */
    boolean supports(String candidate) {
        long now = nanos.getAsLong();
        if (now - heard < loyaltyNanos) {
            return false;
        }
        Promise next = promise.updateAndGet(
                old -> old == null || old.candidate().equals(candidate) || now - old.since() >= promiseNanos
                        ? new Promise(candidate, now)
                        : old);
        return next != null && next.candidate().equals(candidate);
    }
}
