package io.skep.consensus.atomix;

import io.skep.api.consensus.Consensus;
import io.skep.contracts.consensus.SwarmUnderTest;
import io.skep.contracts.transport.SimulatedNetwork;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** An {@link AtomixConsensus} for each member, over a network in memory. */
final class AtomixSwarm implements SwarmUnderTest {
    static final Timings TIMINGS = new Timings(
            Duration.ofMillis(100),
            Duration.ofMillis(650),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
    static final int SEGMENT = 1024 * 1024;

    private final SimulatedNetwork network = new SimulatedNetwork();
    private final Map<String, AtomixConsensus> engines = new TreeMap<>();

    @Override
    public Consensus engine(String memberId) {
        return engines.computeIfAbsent(
                memberId, id -> new AtomixConsensus(network.manager(Mailbox.nodeOf(id)), TIMINGS, SEGMENT));
    }

    @Override
    public void cut(String memberId) {
        network.cut(Mailbox.nodeOf(memberId));
    }

    @Override
    public void heal() {
        network.heal();
    }

    @Override
    public void close() {
        engines.values().forEach(AtomixConsensus::deactivate);
    }
}
