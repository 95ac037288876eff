package io.skep.consensus.ratis;

import java.time.Duration;

/**
 * The clockwork of a group.
 *
 * @param heartbeat how often the leader tells that it lives
 * @param election a follower that hears nothing for this long, and up to a third longer by chance, asks for an election
 * @param submit how long a command, barrier or change may take before it is answered with a failure
 * @param catchUp how long a new member may take to receive the state
 */
record Timings(Duration heartbeat, Duration election, Duration submit, Duration catchUp) {
    /** How long the most patient follower waits for the leader. */
    Duration latestElection() {
        return election.plus(election.dividedBy(3));
    }

    /** How long a heartbeat may take before the next is sent instead. */
    Duration pulse() {
        return heartbeat.multipliedBy(3);
    }

    /** How long a message between members may take before it is sent again. */
    Duration exchange() {
        return election.multipliedBy(2);
    }
}
