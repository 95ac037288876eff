package io.skep.contracts.consensus;

import io.skep.api.consensus.Consensus;

/** One {@link SimulatedConsensus} for all members. */
final class SimulatedSwarm implements SwarmUnderTest {
    private final SimulatedConsensus consensus = new SimulatedConsensus();

    @Override
    public Consensus engine(String memberId) {
        return consensus;
    }

    @Override
    public void cut(String memberId) {
        consensus.cut(memberId);
    }

    @Override
    public void heal() {
        consensus.heal();
    }

    @Override
    public void close() {}
}
