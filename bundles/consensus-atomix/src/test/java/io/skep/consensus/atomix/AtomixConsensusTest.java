package io.skep.consensus.atomix;

import io.skep.contracts.consensus.ConsensusContract;
import io.skep.contracts.consensus.SwarmUnderTest;

final class AtomixConsensusTest extends ConsensusContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new AtomixSwarm();
    }
}
