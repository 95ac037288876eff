package io.skep.consensus.atomix;

import io.skep.contracts.consensus.ConsensusSwarmContract;
import io.skep.contracts.consensus.SwarmUnderTest;

final class AtomixConsensusSwarmTest extends ConsensusSwarmContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new AtomixSwarm();
    }
}
