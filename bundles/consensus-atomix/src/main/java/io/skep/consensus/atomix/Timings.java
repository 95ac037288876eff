package io.skep.consensus.atomix;

import java.time.Duration;

/**
 * The clockwork of a group.
 *
 * @param heartbeat how often the leader tells that it lives
 * @param election a follower that hears nothing for once to twice as long starts an election
 * @param submit how long a command, barrier or change may take before it is answered with a failure
 * @param session how long the group remembers the answers for a member that fell silent
 * @param catchUp how long a new member may take to receive the state
 */
record Timings(Duration heartbeat, Duration election, Duration submit, Duration session, Duration catchUp) {}
