package io.skep.consensus.ratis;

import io.skep.contracts.consensus.ConsensusContract;
import io.skep.contracts.consensus.SwarmUnderTest;

final class RatisConsensusTest extends ConsensusContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new RatisSwarm();
    }
}
