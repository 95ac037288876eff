package io.skep.contracts.consensus;

final class SimulatedConsensusSwarmTest extends ConsensusSwarmContract {
    @Override
    protected SwarmUnderTest swarm() {
        return new SimulatedSwarm();
    }
}
