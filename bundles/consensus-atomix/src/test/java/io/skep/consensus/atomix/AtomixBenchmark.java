package io.skep.consensus.atomix;

import io.skep.contracts.consensus.ConsensusBench;
import io.skep.contracts.consensus.SwarmUnderTest;

/** Not part of the tests: {@code mvn -f bundles/consensus-atomix/pom.xml test -Dtest=AtomixBenchmark}. */
final class AtomixBenchmark extends ConsensusBench {
    @Override
    protected SwarmUnderTest swarm() {
        return new AtomixSwarm();
    }
}
