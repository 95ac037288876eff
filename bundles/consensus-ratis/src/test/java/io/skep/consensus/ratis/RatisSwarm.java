package io.skep.consensus.ratis;

import io.skep.api.consensus.Consensus;
import io.skep.consensus.support.MemberLine;
import io.skep.contracts.consensus.SwarmUnderTest;
import io.skep.contracts.transport.SimulatedNetwork;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A {@link RatisConsensus} for each member, over a network in memory. */
final class RatisSwarm implements SwarmUnderTest {
    static final Timings TIMINGS =
            new Timings(Duration.ofMillis(100), Duration.ofMillis(650), Duration.ofSeconds(10), Duration.ofSeconds(60));
    static final int SEGMENT = 1024 * 1024;

    private final SimulatedNetwork network = new SimulatedNetwork();
    private final Map<String, RatisConsensus> engines = new TreeMap<>();

    @Override
    public Consensus engine(String memberId) {
        return engines.computeIfAbsent(
                memberId, id -> new RatisConsensus(network.manager(MemberLine.nodeOf(id)), TIMINGS, SEGMENT));
    }

    @Override
    public void cut(String memberId) {
        network.cut(MemberLine.nodeOf(memberId));
    }

    @Override
    public void heal() {
        network.heal();
    }

    @Override
    public void close() {
        engines.values().forEach(RatisConsensus::deactivate);
    }
}
