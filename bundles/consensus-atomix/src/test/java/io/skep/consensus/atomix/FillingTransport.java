package io.skep.consensus.atomix;

import io.skep.api.transport.Access;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Does something at the moment at which a member has opened its files and takes no part yet. */
final class FillingTransport implements Transport {
    private final Transport transport;
    private final Runnable onServe;

    FillingTransport(Transport transport, Runnable onServe) {
        this.transport = transport;
        this.onServe = onServe;
    }

    @Override
    public CompletionStage<byte[]> request(String nodeId, String subject, byte[] body, Duration timeout) {
        return transport.request(nodeId, subject, body, timeout);
    }

    @Override
    public Registration serve(String subject, Access access, Handler handler) {
        onServe.run();
        return transport.serve(subject, access, handler);
    }

    @Override
    public void learn(String nodeId, String address) {
        transport.learn(nodeId, address);
    }
}
