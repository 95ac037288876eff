package io.skep.store;

import io.skep.api.consensus.Group;
import io.skep.api.store.Epoch;
import java.util.concurrent.CompletableFuture;

/**
 * One epoch on this node.
 *
 * @param epoch which one
 * @param replica the state that it has brought here
 * @param group the open member that feeds the replica
 * @param successor completes with the next epoch's when the store is in it, and fails when the store stops
 */
record Line(Epoch epoch, Replica replica, Group group, CompletableFuture<Line> successor) {
    Line(Epoch epoch, Replica replica, Group group) {
        this(epoch, replica, group, new CompletableFuture<>());
    }

    /** True once the swarm goes on in another epoch, as far as it is known here. */
    boolean over() {
        return successor.isDone() || replica.state().moved().isPresent();
    }

    void close() {
        group.close();
        replica.close();
    }
}
