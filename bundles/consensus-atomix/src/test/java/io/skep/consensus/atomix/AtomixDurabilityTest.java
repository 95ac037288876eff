package io.skep.consensus.atomix;

import io.skep.contracts.consensus.ConsensusDurabilityContract;
import io.skep.contracts.consensus.SwarmUnderTest;

final class AtomixDurabilityTest extends ConsensusDurabilityContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new AtomixSwarm();
    }

    @Override
    protected boolean isLog(String fileName) {
        return fileName.endsWith(".log");
    }
}
