package io.skep.consensus.ratis;

import io.skep.contracts.consensus.ConsensusTracesContract;
import io.skep.contracts.consensus.SwarmUnderTest;

final class RatisTracesTest extends ConsensusTracesContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new RatisSwarm();
    }

    @Override
    protected long mostOnDisk() {
        return 3 * RatisSwarm.SEGMENT;
    }
}
