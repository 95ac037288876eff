package io.skep.transport;

import io.skep.api.transport.Peer;
import io.skep.model.NodeRole;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two sides of a connection.
 *
 * @param own what this side proved itself with; null without a certificate
 * @param other the other side's certificate; empty when it has none
 * @param host the other side's numeric address
 * @param opened true when this side opened the connection
 */
record Party(@Nullable Proof own, Optional<Certified> other, String host, boolean opened) {
    /** The other side as handlers see it; a worker when it has no certificate. */
    Peer peer() {
        return other.map(one -> new Peer(one.nodeId(), one.role(), host))
                .orElseGet(() -> new Peer("", NodeRole.WORKER, host));
    }

    /** When the other side's certificate ends. */
    Instant until() {
        return other.map(Certified::until).orElse(Instant.MAX);
    }

    /** How the other side is called in messages. */
    String name() {
        return other.map(one -> "node " + one.nodeId() + " at " + host).orElse("the host " + host);
    }
}
