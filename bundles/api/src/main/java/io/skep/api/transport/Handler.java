package io.skep.api.transport;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** Answers the requests of one subject. Called on a thread of the transport: must hand over and not block. */
@ConsumerType
@FunctionalInterface
public interface Handler {
    /**
     * Answers one request.
     *
     * @param peer who asks, as its certificate says
     * @param body the request, not to be kept after the stage completes
     * @return the answer; a failure with a {@link io.skep.model.SkepException} reaches the peer with its code and message,
     *     any other as {@code FAILED}
     */
    CompletionStage<byte[]> handle(Peer peer, byte[] body);
}
