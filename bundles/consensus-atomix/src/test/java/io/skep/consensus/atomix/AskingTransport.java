package io.skep.consensus.atomix;

import io.skep.api.transport.Access;
import io.skep.api.transport.Handler;
import io.skep.api.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Tells of what others are asked about. */
final class AskingTransport implements Transport {
    private final Transport transport;
    private final Consumer<String> onRequest;

    AskingTransport(Transport transport, Consumer<String> onRequest) {
        this.transport = transport;
        this.onRequest = onRequest;
    }

    @Override
    public CompletionStage<byte[]> request(String nodeId, String subject, byte[] body, Duration timeout) {
        onRequest.accept(subject);
        return transport.request(nodeId, subject, body, timeout);
    }

    @Override
    public Registration serve(String subject, Access access, Handler handler) {
        return transport.serve(subject, access, handler);
    }

    @Override
    public void learn(String nodeId, String address) {
        transport.learn(nodeId, address);
    }
}
