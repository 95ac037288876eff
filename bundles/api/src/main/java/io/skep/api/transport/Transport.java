package io.skep.api.transport;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Requests between the nodes of one swarm, over one port and mutual TLS; a request to this node itself does not touch the
 * network. Two nodes share one connection, whoever opened it, and requests go both ways on it; when both open one at the same time, each
 * uses one. Thread-safe, non-blocking.
 */
@ProviderType
public interface Transport {
    /** The largest request or answer, in bytes. */
    int MAX_BODY = 4 * 1024 * 1024;

    /**
     * Sends a request and brings back the peer's answer. Requests to one peer under one subject arrive in the order in which they
     * were sent, unless a connection broke between them; small ones overtake large ones of other subjects. Certificates may be renewed and roles
     * change meanwhile without a request failing for it.
     *
     * @param nodeId the id of the node to ask
     * @param subject what the peer registered with {@link #serve}; at most 64 characters of {@code [a-z0-9.-]}
     * @param body at most {@link #MAX_BODY} bytes; not to be changed before the stage completes
     * @param timeout for everything together
     * @return the answer, on a thread of the transport: what follows must not block. Fails with the peer's own
     *     {@link io.skep.model.SkepException}; {@code NOT_FOUND} when the peer serves no such subject; {@code FORBIDDEN} when this node may not ask
     *     it, or is not to speak with it; {@code TIMED_OUT} when it was sent and not answered in time; {@code PART_MISSING}
     *     when the peer cannot be reached, or the connection broke, which takes at most two seconds when the peer lost its power;
     *     {@code EXHAUSTED} when more than 4096 requests or 32 MiB to this peer are under way
     */
    CompletionStage<byte[]> request(String nodeId, String subject, byte[] body, Duration timeout);

    /**
     * Answers the requests of a subject until the registration is closed. Idempotent close.
     *
     * @param access who may ask; others are answered {@code FORBIDDEN}
     * @throws io.skep.model.SkepException {@code ALREADY_EXISTS} when the subject is served, {@code INVALID_ARGUMENT} when it is no subject
     */
    Registration serve(String subject, Access access, Handler handler);

    /**
     * Tells where a node listens; replaces what was known. The managers of {@code LocalNode.facts()} are known anyway: where the two differ, both are
     * tried.
     *
     * @param address {@code host:port}
     * @throws io.skep.model.SkepException {@code INVALID_ARGUMENT} for another form
     */
    void learn(String nodeId, String address);

    /** Ends a {@link #serve}. */
    @ProviderType
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
