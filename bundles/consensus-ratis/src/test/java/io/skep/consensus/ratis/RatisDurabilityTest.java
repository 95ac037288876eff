package io.skep.consensus.ratis;

import io.skep.contracts.consensus.ConsensusDurabilityContract;
import io.skep.contracts.consensus.SwarmUnderTest;

final class RatisDurabilityTest extends ConsensusDurabilityContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new RatisSwarm();
    }

    @Override
    protected boolean isLog(String fileName) {
        return fileName.startsWith("log_");
    }
}
