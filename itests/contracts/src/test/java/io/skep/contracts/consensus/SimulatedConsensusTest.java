package io.skep.contracts.consensus;

final class SimulatedConsensusTest extends ConsensusContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new SimulatedSwarm();
    }
}
