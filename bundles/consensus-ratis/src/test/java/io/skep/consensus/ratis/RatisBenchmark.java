package io.skep.consensus.ratis;

import io.skep.contracts.consensus.ConsensusBench;
import io.skep.contracts.consensus.SwarmUnderTest;

/** Not part of the tests: {@code mvn -f bundles/consensus-ratis/pom.xml test -Dtest=RatisBenchmark}. */
final class RatisBenchmark extends ConsensusBench {
    @Override
    protected SwarmUnderTest swarm() {
        return new RatisSwarm();
    }
}
