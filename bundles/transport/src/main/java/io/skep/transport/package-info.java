/**
 * Requests between nodes: Netty, mutual TLS 1.3, one port. {@link io.skep.transport.TlsTransport} is the door; {@code Links} has
 * a {@code Link} for each other node, which has its {@code Connection}s.
 */
@NullMarked
package io.skep.transport;

import org.jspecify.annotations.NullMarked;
