package io.skep.consensus.ratis;

import io.skep.contracts.consensus.ConsensusSwarmContract;
import io.skep.contracts.consensus.SwarmUnderTest;

final class RatisConsensusSwarmTest extends ConsensusSwarmContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new RatisSwarm();
    }
}
