/**
 * Consensus by Atomix Raft 3.1.12, its low level: a {@code RaftContext} with our own state machine service over raw bytes,
 * over the node's {@link io.skep.api.transport.Transport}. The walk of a command: {@code AtomixGroup.submit}, {@code Proposer} (batches), Atomix
 * (log, replication, commit), {@code MachineHost} (applies), back to the {@code Proposer}.
 *
 * <p>A member id is the id of its node, or that id followed by {@code :} and anything that tells one data directory from the next.
 */
@NullMarked
package io.skep.consensus.atomix;

import org.jspecify.annotations.NullMarked;
