package io.skep.transport;

import io.skep.api.transport.Transport;

/**
 * What one side of a connection may ask of the other.
 *
 * @param requests under way at a time
 * @param bytes of the bodies of these requests together
 * @param body bytes of one
 */
record Limits(int requests, long bytes, int body) {
    /** A node of the swarm. */
    static final Limits MEMBER = new Limits(4096, 32L * 1024 * 1024, Transport.MAX_BODY);

    /** Whoever shows no certificate. */
    static final Limits ANONYMOUS = new Limits(4, 256L * 1024, 64 * 1024);
}
