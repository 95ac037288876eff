package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.store.Quorum;
import io.skep.api.store.Store;
import io.skep.contracts.identity.SimulatedNode;
import io.skep.parts.Kernel;

/** The store as its bundle starts and stops it. */
public final class StorePart implements AutoCloseable {
    private final ReplicatedStore store;

    public StorePart(Consensus consensus, SimulatedNode node, Kernel kernel) {
        store = new ReplicatedStore(consensus, node, node, kernel.loop(), kernel.entropy());
    }

    public Store store() {
        return store;
    }

    public Quorum quorum() {
        return store;
    }

    @Override
    public void close() {
        store.stop();
    }
}
