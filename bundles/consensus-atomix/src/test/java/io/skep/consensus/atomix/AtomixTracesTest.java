package io.skep.consensus.atomix;

import io.skep.contracts.consensus.ConsensusTracesContract;
import io.skep.contracts.consensus.SwarmUnderTest;

final class AtomixTracesTest extends ConsensusTracesContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new AtomixSwarm();
    }

    @Override
    protected long mostOnDisk() {
        return 3 * AtomixSwarm.SEGMENT;
    }
}
