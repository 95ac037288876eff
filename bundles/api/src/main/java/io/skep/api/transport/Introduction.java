package io.skep.api.transport;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Speaks with a node while this one belongs to no swarm and has no certificate. Thread-safe, non-blocking. */
@ProviderType
public interface Introduction {
    /**
     * Asks a node over TLS that proves only the other side.
     *
     * @param address {@code host:port}
     * @param rootDigest of a certificate that the other side shows and its own leads to, see {@link io.skep.model.JoinToken#digestOf}
     * @param subject one with {@link Access#ANYONE}
     * @param body at most 64 KiB
     * @param timeout for everything together
     * @return the answer, on a thread of the transport; fails as {@link Transport#request} does, and with {@code FORBIDDEN} when the
     *     other side's certificate does not lead to that root, is not a manager's, or is not valid by this host's clock, saying which
     */
    CompletionStage<byte[]> ask(String address, String rootDigest, String subject, byte[] body, Duration timeout);
}
