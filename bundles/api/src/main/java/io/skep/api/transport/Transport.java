package io.skep.api.transport;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Requests between the nodes of one swarm, over one port and mutual TLS; a request to this node itself does not touch the
 * network. Thread-safe, non-blocking.
 */
@ProviderType
public interface Transport {
    /**
     * Sends a request and brings back the peer's answer.
     *
     * @param nodeId the id of the node to ask
     * @param subject what the peer registered with {@link #serve}; at most 64 characters of {@code [a-z0-9.-]}
     * @param body at most 4 MiB
     * @param timeout after which the stage fails with {@code TIMED_OUT}
     * @return the answer; fails with the peer's own {@link io.skep.model.SkepException}, {@code NOT_FOUND} when the peer
     *     serves no such subject, {@code TIMED_OUT}, or {@code NO_LEADER}-free {@code PART_MISSING} when the peer cannot be reached
     */
    CompletionStage<byte[]> request(String nodeId, String subject, byte[] body, Duration timeout);

    /**
     * Answers the requests of a subject until the registration is closed. Idempotent close.
     *
     * @throws io.skep.model.SkepException {@code ALREADY_EXISTS} when the subject is served
     */
    Registration serve(String subject, Handler handler);

    /** Tells where a node listens, as {@code host:port}; replaces what was known. */
    void learn(String nodeId, String address);

    /** Ends a {@link #serve}. */
    @ProviderType
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
