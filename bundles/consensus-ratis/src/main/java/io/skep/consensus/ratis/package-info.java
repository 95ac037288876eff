/**
 * Consensus by Apache Ratis, over Skep's transport.
 *
 * <p>{@link RatisGroup} is the door. {@link RaftNode} is one run of Ratis's server; {@link TransportRpc}, {@link Replicator}
 * and {@link Inbox} carry its messages; {@link Machine} and {@link MachineHost} feed the state machine; {@link Proposer} and
 * {@link ReadPoints} ask the leader, whose {@link LeaderDesk} and {@link MembershipClerk} answer.
 */
@NullMarked
package io.skep.consensus.ratis;

import org.jspecify.annotations.NullMarked;
