package io.skep.consensus.ratis;

import io.skep.api.consensus.Consensus;
import io.skep.api.transport.Transport;
import java.time.Duration;

/** The engine as its bundle starts and stops it, with time-outs for a busy test machine. */
public final class RatisPart implements AutoCloseable {
    private static final int SEGMENT = 1024 * 1024;
    private final RatisConsensus engine;

    public RatisPart(Transport transport) {
        Timings timings = new Timings(
                Duration.ofMillis(100), Duration.ofMillis(650), Duration.ofSeconds(10), Duration.ofSeconds(60));
        engine = new RatisConsensus(transport, timings, SEGMENT);
    }

    public Consensus engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.deactivate();
    }
}
