package io.skep.transport;

import io.skep.api.transport.Transport;
import io.skep.contracts.transport.TransportContract;
import org.junit.jupiter.api.AfterEach;

/** The contract, over loopback with real TLS. */
final class TlsTransportTest extends TransportContract {
    private final TestSwarm swarm = new TestSwarm();

    @AfterEach
    void stop() {
        swarm.close();
    }

    @Override
    protected Transport manager(String nodeId) {
        return swarm.manager(nodeId);
    }

    @Override
    protected Transport worker(String nodeId) {
        return swarm.worker(nodeId);
    }
}
